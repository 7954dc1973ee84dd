package dev.siltstone.folder;

import dev.siltstone.failure.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A folder of one's own under {@code tmp/}, for files in the making. Its owner keeps a lock on it
 * while it lives; whoever opens a scratch folder first removes those whose owners have died.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  /** Folders that this process owns; their lock files must not even be opened (see FolderLocks). */
  private static final Set<Path> OWNED = new HashSet<>();

  private final Path folder;
  private final FileChannel lock;
  private final AtomicLong files = new AtomicLong();

  private ScratchFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Called for the scratch folder of a dead owner before it is removed. */
  @FunctionalInterface
  public interface LeftoverHandler {
    void handle(Path leftover) throws IOException;
  }

  /** Opens a new scratch folder under {@code root/tmp} and removes abandoned ones. */
  public static ScratchFolder open(Path root) throws IOException {
    return open(root, _ -> {});
  }

  /** Opens a new scratch folder; shows each abandoned one to {@code handler} before removing it. */
  public static ScratchFolder open(Path root, LeftoverHandler handler) throws IOException {
    Path tmp = root.toRealPath().resolve("tmp");
    Files.createDirectories(tmp);
    try (var _ = new FolderLocks(root).acquire("tmp")) {
      synchronized (OWNED) {
        removeAbandoned(tmp, handler);
        Path folder = createNext(tmp);
        ScratchFolder scratch = new ScratchFolder(folder, FolderLocks.lock(folder.resolve(LOCK)));
        OWNED.add(folder);
        return scratch;
      }
    }
  }

  /** With the first free number; a random name would have to wait for a source of randomness. */
  private static Path createNext(Path tmp) throws IOException {
    for (int number = 0; ; number++) {
      try {
        return Files.createDirectory(tmp.resolve(Integer.toString(number)));
      } catch (FileAlreadyExistsException e) {
        // Somebody's who lives; the lock that is held keeps others from making one meanwhile.
      }
    }
  }

  /** A path for a new file or folder that nobody else uses; nothing is created. */
  public Path newPath() {
    return folder.resolve(Long.toString(files.incrementAndGet()));
  }

  @Override
  public void close() {
    synchronized (OWNED) {
      try {
        // Removed before the lock goes, so that nobody takes it for abandoned meanwhile.
        remove(folder);
        lock.close();
      } catch (IOException e) {
        throw new UnavailableException("cannot remove " + folder, e);
      } finally {
        OWNED.remove(folder);
      }
    }
  }

  private static void removeAbandoned(Path tmp, LeftoverHandler handler) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(tmp)) {
      for (Path each : folders) {
        if (!OWNED.contains(each) && isAbandoned(each)) {
          handler.handle(each);
          remove(each);
        }
      }
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.exists(file)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock taken = channel.tryLock()) {
      return taken != null;
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}
