package dev.siltstone.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    write("b.md", "bee");
    write("a.txt", "ay");
    write("docs/deep/c.rst", "sea");
    write("Main.java", "class Main {}");
    write("target/generated.md", "no");
    write(".git/hidden.md", "no");
    Files.write(folder.resolve("broken.txt"), new byte[] {(byte) 0xc3, 0x28});
  }

  @Test
  void readsTheTextsOfAFolderByTheirEndings() throws IOException {
    TextFiles texts = TextFiles.read(List.of(folder), folder);
    assertThat(texts.files())
        .containsExactly(
            new TextFile("a.txt", "ay"),
            new TextFile("b.md", "bee"),
            new TextFile("docs/deep/c.rst", "sea"));
    assertThat(texts.skipped()).isEqualTo(1);
    assertThat(texts.characters()).isEqualTo(8);
  }

  @Test
  void readsAnyTextThatIsNamedItself() throws IOException {
    TextFiles texts =
        TextFiles.read(
            List.of(folder.resolve("Main.java"), folder.resolve("broken.txt")),
            folder.resolve("docs"));
    assertThat(texts.files())
        .containsExactly(new TextFile(folder.resolve("Main.java").toString(), "class Main {}"));
    assertThat(texts.skipped()).isEqualTo(1);
  }

  @Test
  void saysWhatDoesNotExist() {
    assertThatThrownBy(() -> TextFiles.read(List.of(folder.resolve("nowhere")), folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("nowhere");
  }

  private void write(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
