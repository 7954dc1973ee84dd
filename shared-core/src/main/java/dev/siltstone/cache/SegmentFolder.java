package dev.siltstone.cache;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cache's disk: a folder per segment, within a budget. Pinned segments stay; of the others the
 * least recently used leave first. What an earlier process left is taken over.
 */
final class SegmentFolder {
  private final Path root;
  private final long budgetBytes;
  private final Map<SegmentId, Pin> pinned = new HashMap<>();
  private final LinkedHashMap<SegmentId, Long> idle = new LinkedHashMap<>();
  private boolean takenOver;

  SegmentFolder(Path root, long budgetBytes) {
    this.root = root;
    this.budgetBytes = budgetBytes;
  }

  /**
   * Makes room for a segment and keeps its folder until {@link #unpin}.
   *
   * @throws UnavailableException if what is in use leaves no room
   */
  synchronized Path pin(SegmentDescriptor segment) {
    takeOverOnce();
    long needed = segment.files().stream().mapToLong(SegmentFile::bytes).sum();
    idle.remove(segment.id());
    pinned.merge(segment.id(), new Pin(needed, 1), (old, _) -> old.with(1));
    while (bytesKept() > budgetBytes && !idle.isEmpty()) {
      SegmentId oldest = idle.firstEntry().getKey();
      idle.remove(oldest);
      deleteFolder(oldest);
    }
    if (bytesKept() > budgetBytes) {
      long inUse = bytesKept() - needed;
      unpin(segment.id());
      throw new UnavailableException(
          "segment %s needs %d bytes, but %d of the cache's %d are in use: give the function more ephemeral storage"
              .formatted(segment.id(), needed, inUse, budgetBytes),
          null);
    }
    return create(pathOf(segment.id()));
  }

  /** Moves a written segment's folder in, if it fits; deletes it if not. */
  synchronized void adopt(SegmentDescriptor segment, Path written) {
    Path folder;
    try {
      folder = pin(segment);
    } catch (UnavailableException full) {
      // Opening the segment will fail with the same advice; its upload has succeeded.
      delete(written);
      return;
    }
    try {
      for (SegmentFile file : segment.files()) {
        Files.move(
            written.resolve(file.name()),
            folder.resolve(file.name()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      unpin(segment.id());
    }
    delete(written);
  }

  /** Lets go of a segment: its files stay while there is room. No effect if it is not pinned. */
  synchronized void unpin(SegmentId segment) {
    Pin pin = pinned.get(segment);
    if (pin == null) {
      return;
    }
    if (pin.count() > 1) {
      pinned.put(segment, pin.with(-1));
    } else {
      pinned.remove(segment);
      idle.putLast(segment, pin.bytes());
    }
  }

  /** The file, if it is here, complete. */
  synchronized Optional<Path> complete(SegmentId segment, SegmentFile file) {
    Path path = pathOf(segment).resolve(file.name());
    return SegmentDownloads.isComplete(path, file) ? Optional.of(path) : Optional.empty();
  }

  /** Where a segment's files are, if they are here. */
  Path pathOf(SegmentId segment) {
    return root.resolve(segment.toString());
  }

  /** Empties a pinned segment's folder, because its files are not what they should be. */
  synchronized void empty(SegmentId segment) {
    deleteFolder(segment);
    create(pathOf(segment));
  }

  synchronized long bytesKept() {
    return pinned.values().stream().mapToLong(Pin::bytes).sum()
        + idle.values().stream().mapToLong(Long::longValue).sum();
  }

  private void takeOverOnce() {
    if (takenOver) {
      return;
    }
    takenOver = true;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(create(root))) {
      for (Path folder : folders) {
        idle.put(SegmentId.parse(folder.getFileName().toString()), sizeOf(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteFolder(SegmentId segment) {
    delete(pathOf(segment));
  }

  /** Deletes a folder of files, if it is there. */
  static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sizeOf(Path folder) throws IOException {
    long total = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        total += Files.size(file);
      }
    }
    return total;
  }

  /** How many open segments need this folder to stay. */
  private record Pin(long bytes, int count) {
    Pin with(int more) {
      return new Pin(bytes, count + more);
    }
  }
}
