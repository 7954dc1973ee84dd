package dev.siltstone.operations;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.SegmentVerifier;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a manifest, fetched from the store past every cache, each byte compared with its
 * checksum. What cannot be had is a difference and is left out.
 */
final class SegmentsOnStore implements AutoCloseable {
  private final ObjectStore store;
  private final Manifest manifest;
  private final Path scratch;
  private final List<Difference> differences;
  private final List<Opened> opened = new ArrayList<>();
  private final List<Path> fetched = new ArrayList<>();

  /** A segment whose files are all sound, and the rows that its snapshot does not show. */
  record Opened(SegmentReader reader, DeletedRows deleted) {}

  SegmentsOnStore(
      ObjectStore store, Manifest manifest, Path scratch, List<Difference> differences) {
    this.store = store;
    this.manifest = manifest;
    this.scratch = scratch;
    this.differences = differences;
  }

  List<Opened> opened() {
    return opened;
  }

  /** Fetches and opens one; reports what is wrong with it. */
  void open(SegmentEntry entry, LongConsumer progress) {
    Map<SegmentFile, Path> paths = new HashMap<>();
    for (SegmentFile file : entry.segment().files()) {
      Path path = fetch(entry.segment().keyOf(manifest.collection(), file), file);
      if (path != null) {
        paths.put(file, path);
      }
      progress.accept(file.bytes());
    }
    DeletedRows deleted = deletedRows(entry);
    if (deleted == null || paths.size() < entry.segment().files().size()) {
      return;
    }
    try {
      opened.add(
          new Opened(SegmentReader.open(entry.segment(), file -> path(paths, file)), deleted));
    } catch (CorruptDataException | UnsupportedFormatException e) {
      differs("segment " + entry.segment().id(), e.getMessage());
    }
  }

  private static Path path(Map<SegmentFile, Path> paths, SegmentFile file) {
    return Optional.ofNullable(paths.get(file)).orElseThrow();
  }

  private @Nullable Path fetch(ObjectKey key, SegmentFile file) {
    try {
      Path path = store.localPath(key).orElseGet(() -> download(key, file.bytes()));
      SegmentVerifier.verify(file, path);
      return path;
    } catch (NotFoundException _) {
      differs(key.value(), "missing");
    } catch (CorruptDataException e) {
      differs(key.value(), e.getMessage());
    }
    return null;
  }

  private Path download(ObjectKey key, long bytes) {
    Path path = scratch.resolve("verified-" + fetched.size());
    fetched.add(path);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      store.download(key, 0, bytes, file::write);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable DeletedRows deletedRows(SegmentEntry entry) {
    DeletedRowsEntry expected = entry.deleted();
    if (expected == null) {
      return DeletedRows.NONE;
    }
    String key = expected.key().value();
    Optional<StoredObject> found = store.get(expected.key());
    if (found.isEmpty()) {
      differs(key, "missing");
      return null;
    }
    byte[] bytes = found.get().bytes();
    if (!Checksum.of(bytes).equals(expected.checksum())) {
      differs(
          key, "has checksum %s; expected %s".formatted(Checksum.of(bytes), expected.checksum()));
      return null;
    }
    DeletedRows deleted = DeletedRows.decode(bytes);
    if (deleted.count() != expected.count()
        || deleted.toBitmap().rank(entry.segment().rows() - 1) != deleted.count()) {
      differs(
          key,
          "hides %d of %d rows; expected %d"
              .formatted(deleted.count(), entry.segment().rows(), expected.count()));
      return null;
    }
    return deleted;
  }

  private void differs(String where, @Nullable String what) {
    differences.add(new Difference(where, String.valueOf(what)));
  }

  @Override
  public void close() {
    opened.forEach(segment -> segment.reader().close());
    try {
      for (Path path : fetched) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
