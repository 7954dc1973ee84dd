package dev.siltstone.cache;

import dev.siltstone.concurrency.Turns;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a segment's files side by side. A file arrives under {@code name.part}, is verified while
 * it arrives, then renamed; so a file under its final name is complete and was right. What an
 * interrupted fetch left in {@code name.part} is continued, not fetched again.
 */
final class SegmentDownloads {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentDownloads.class);
  private static final int BUFFER = 1 << 20;

  private final ObjectStore store;
  private final ExecutorService fetchers;
  private final Turns<Path> turns = new Turns<>();

  SegmentDownloads(ObjectStore store, ExecutorService fetchers) {
    this.store = store;
    this.fetchers = fetchers;
  }

  /**
   * Fetches what is missing of these files in {@code folder}, or has changed since it was verified;
   * returns when all of them are there and right.
   */
  void fetch(
      CollectionId collection,
      SegmentDescriptor segment,
      Predicate<SegmentFile> wanted,
      Path folder) {
    CompletableFuture<?>[] fetches =
        segment.files().stream()
            .filter(wanted)
            .map(file ->
                CompletableFuture.runAsync(
                    () -> bring(collection, segment, file, folder), fetchers))
            .toArray(CompletableFuture[]::new);
    Outcome.of(CompletableFuture.allOf(fetches));
  }

  private void bring(
      CollectionId collection, SegmentDescriptor segment, SegmentFile file, Path folder) {
    Path target = folder.resolve(file.name());
    turns.take(
        target,
        () -> {
          if (!isComplete(target, file) || !keepIfRight(target, file)) {
            fetchTo(target, collection, segment, file);
          }
        });
  }

  /** Deletes those complete files of a segment that have changed since they were verified. */
  void deleteChanged(SegmentDescriptor segment, Path folder) {
    for (SegmentFile file : segment.files()) {
      Path target = folder.resolve(file.name());
      turns.take(
          target,
          () -> {
            if (isComplete(target, file)) {
              keepIfRight(target, file);
            }
          });
    }
  }

  /** Fetches one file into {@code folder}, unless it is there or another thread brings it. */
  void fetchFile(
      CollectionId collection, SegmentDescriptor segment, SegmentFile file, Path folder) {
    Path target = folder.resolve(file.name());
    turns.take(
        target,
        () -> {
          if (!isComplete(target, file)) {
            fetchTo(target, collection, segment, file);
          }
        });
  }

  /** Deletes the file if it is not what it was; whoever has it mapped keeps it. */
  private static boolean keepIfRight(Path target, SegmentFile file) {
    try {
      if (checksum(target).equals(file.checksum())) {
        return true;
      }
      LOG.warn("{} has changed since it was verified: fetching it again", target);
      Files.delete(target);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetchTo(
      Path target, CollectionId collection, SegmentDescriptor segment, SegmentFile file) {
    Path part = target.resolveSibling(file.name() + ".part");
    ObjectKey key = segment.keyOf(collection, file);
    try {
      boolean continued = Files.exists(part);
      OptionalLong wrong = arrive(part, key, file);
      if (wrong.isPresent() && continued) {
        wrong = arrive(part, key, file);
      }
      if (wrong.isPresent()) {
        throw new CorruptDataException(
            "%s of segment %s: expected %d bytes with SHA-256 %s, found %d bytes that do not match"
                .formatted(
                    file.name(), segment.id(), file.bytes(), file.checksum(), wrong.getAsLong()));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fetches what is missing of the file; if it is wrong then, deletes it and tells its length. */
  private OptionalLong arrive(Path part, ObjectKey key, SegmentFile file) throws IOException {
    try (ArrivingFile arriving = ArrivingFile.at(part, file.bytes())) {
      if (arriving.begins() < file.bytes()) {
        store.download(key, arriving.begins(), file.bytes(), arriving);
      }
      if (arriving.matches(file)) {
        return OptionalLong.empty();
      }
      Files.delete(part);
      return OptionalLong.of(arriving.length());
    }
  }

  /** Whether a file of the right length is there; it got its name only after it was verified. */
  static boolean isComplete(Path path, SegmentFile file) {
    try {
      return Files.exists(path) && Files.size(path) == file.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Checksum checksum(Path path) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    byte[] buffer = new byte[(int) Math.clamp(Files.size(path), 1, BUFFER)];
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return Checksum.of(digest);
  }
}
