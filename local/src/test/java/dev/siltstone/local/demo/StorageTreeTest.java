package dev.siltstone.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.local.terminal.Screen;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectKey;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StorageTreeTest {
  private static final String ID = "0197f3c2-1111-7222-8333-444444444444";
  private final Screen screen = Screen.plain(new PrintWriter(Writer.nullWriter()));

  @Test
  void drawsFoldersFilesAndWhatTheyAreFor() {
    List<String> lines =
        StorageTree.lines(
            screen,
            List.of(
                object("delta/" + ID + "/" + ID + ".delta", 1234),
                object("snapshot/" + ID + "/1/manifest.json", 5),
                object("snapshot/" + ID + "/latest/pointer.json", 6)));
    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("├─ delta/0197f3c2-1111…/  what producers wrote, never changed"),
            line -> assertThat(line).startsWith("│  └─ 0197f3c2-1111….delta").endsWith("1.2 kB"),
            line -> assertThat(line).startsWith("└─ snapshot/0197f3c2-1111…/"),
            line -> assertThat(line).isEqualTo("   ├─ 1/"),
            line -> assertThat(line).startsWith("   │  └─ manifest.json").contains("5 B"),
            line -> assertThat(line).isEqualTo("   └─ latest/"),
            line -> assertThat(line).startsWith("      └─ pointer.json").contains("6 B"));
  }

  @Test
  void sumsUpAFolderOfManyFiles() {
    Stream<ListedObject> deltas =
        IntStream.range(0, 20).mapToObj(i -> object("delta/c/" + i + ".delta", 100));
    assertThat(StorageTree.lines(screen, deltas.toList()))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("   └─ 20 files")
        .endsWith("2.0 kB");
  }

  private static ListedObject object(String key, long bytes) {
    return new ListedObject(new ObjectKey(key), bytes, Instant.EPOCH);
  }
}
