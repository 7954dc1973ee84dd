package dev.siltstone.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;
  private CommandFixture store;

  @BeforeEach
  void publish() throws IOException {
    store = CommandFixture.withCollection(folder.resolve("data"), "docs");
    store.add("a", "silt");
    store.compact();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aHealthyStoreHasNothingToReport() throws IOException {
    assertThat(store.run("doctor")).isZero();
    assertThat(store.out())
        .contains("jdk", "free disk", "fsync", "clock", "1 with nothing to report")
        .doesNotContain("fail  ");
    assertThat(store.run("doctor", "--json")).isZero();
    assertThat(store.out()).contains("\"failed\" : 0", "\"state\" : \"ok\"");
    assertThat(names(folder.resolve("data"))).noneMatch(name -> name.startsWith("doctor"));
  }

  @Test
  void aFolderThatHoldsNothingIsSaidSo() throws IOException {
    assertThat(store.runOn(folder.resolve("nowhere"), "doctor")).isEqualTo(1);
    assertThat(store.out()).contains("is no folder", "--data");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(store.runOn(empty, "doctor")).isEqualTo(1);
    assertThat(store.out()).contains("holds no Siltstone data");
    assertThat(names(empty)).isEmpty();
  }

  @Test
  void aDatabaseThatIsSomethingElseFails() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("siltstone.db"), "this is no database at all");

    assertThat(store.runOn(other, "doctor")).isEqualTo(1);
    assertThat(store.out()).contains("fail", "store");
  }

  @Test
  void aDamagedPointerFailsItsCollectionAndSaysWhatToRead() throws IOException {
    Path pointer = file("pointer.json");
    Files.delete(pointer);
    Files.writeString(pointer, "{}");

    assertThat(store.run("doctor")).isEqualTo(1);
    assertThat(store.out()).contains("collection docs", "siltstone verify docs", "0 with nothing");
  }

  @Test
  void aMissingManifestFails() throws IOException {
    Files.delete(file("manifest.json"));

    assertThat(store.run("doctor")).isEqualTo(1);
    assertThat(store.out()).contains("collection docs");
  }

  @Test
  void aStackIsNamedByTableAndBucket() {
    assertThat(store.run("doctor", "--table", "t")).isEqualTo(1);
    assertThat(store.err()).contains("--table and --bucket");
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      return files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
