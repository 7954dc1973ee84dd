package dev.siltstone.storage.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryObjectStoreTest {
  private static final ObjectKey KEY = new ObjectKey("segment/one/graph.hnsw");

  @TempDir Path folder;

  @Test
  void linksALocalFileInsteadOfCopyingIt() throws IOException {
    try (DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
      Path file = Files.writeString(folder.resolve("made"), "content");

      store.putIfAbsent(KEY, ObjectBody.of(file));

      Path stored = store.localPath(KEY).orElseThrow();
      assertThat(stored).isEqualTo(folder.toRealPath().resolve("objects").resolve(KEY.value()));
      assertThat(Files.isSameFile(stored, file)).isTrue();
    }
  }

  @Test
  void leavesOneNameOfWhatItWroteItself() throws IOException {
    try (DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
      store.putIfAbsent(KEY, text("a"));
      assertThat(LinkCount.of(store.localPath(KEY).orElseThrow())).isEqualTo(1);

      store.putIfMatch(KEY, text("b"), store.get(KEY).orElseThrow().etag());
      assertThat(LinkCount.of(store.localPath(KEY).orElseThrow())).isEqualTo(1);
      assertThat(store.putIfAbsent(KEY, text("c"))).isNotNull();
      assertThat(scratchFiles()).as("only the lock").hasSize(1);
    }
  }

  @Test
  void removesTheFoldersThatADeleteEmpties() {
    ObjectKey neighbour = new ObjectKey("segment/two/graph.hnsw");
    try (DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
      store.putIfAbsent(KEY, text("a"));
      store.putIfAbsent(neighbour, text("b"));

      store.delete(KEY);
      assertThat(folder.resolve("objects/segment/one")).doesNotExist();
      assertThat(store.get(neighbour)).isPresent();

      store.delete(neighbour);
      assertThat(folder.resolve("objects")).isEmptyDirectory();
    }
  }

  @Test
  void takesAFolderForNoObject() {
    try (DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
      store.putIfAbsent(KEY, text("a"));
      ObjectKey parent = new ObjectKey("segment/one");

      assertThat(store.get(parent)).isEmpty();
      assertThat(store.localPath(parent)).isEmpty();
      store.delete(parent);

      assertThat(store.get(KEY)).isPresent();
    }
  }

  @Test
  void removesWhatAKilledProcessLeftAndKeepsTheObject() throws IOException {
    try (DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
      store.putIfAbsent(KEY, text("a"));
      Path dead = Files.createDirectories(folder.resolve("tmp/dead"));
      Files.writeString(dead.resolve("1"), "half writ");
      Files.createLink(dead.resolve("2"), store.localPath(KEY).orElseThrow());
      Files.createFile(dead.resolve("lock"));

      try (DirectoryObjectStore next = new DirectoryObjectStore(folder)) {
        assertThat(dead).doesNotExist();
        assertThat(next.get(KEY).orElseThrow().bytes()).isEqualTo("a".getBytes(UTF_8));
        assertThat(LinkCount.of(next.localPath(KEY).orElseThrow())).isEqualTo(1);
      }
    }
  }

  @Test
  void leavesTheScratchOfALivingStoreAlone() throws IOException {
    try (DirectoryObjectStore first = new DirectoryObjectStore(folder)) {
      List<Path> before = scratchFiles();
      new DirectoryObjectStore(folder).close();

      assertThat(scratchFiles()).isEqualTo(before);
      first.putIfAbsent(KEY, text("a"));
    }
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void refusesAFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> new DirectoryObjectStore(file))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(file.toString());
  }

  private List<Path> scratchFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("tmp"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static ObjectBody text(String text) {
    return ObjectBody.of(text.getBytes(UTF_8));
  }
}
