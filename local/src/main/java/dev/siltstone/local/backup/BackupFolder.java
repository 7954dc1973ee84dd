package dev.siltstone.local.backup;

import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.folder.DurableFolders;
import dev.siltstone.sqlite.EmbeddedDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a backup, which has its name exactly when the backup is complete: until then the
 * copy is made beside it, in {@code NAME.unfinished}. What a killed attempt left there of segments
 * is used by the next one; the rest is thrown away, since it belongs to another moment.
 */
public final class BackupFolder implements AutoCloseable {
  private static final String LOCK = "backup.lock";
  private static final List<String> OF_ANOTHER_MOMENT =
      List.of(
          EmbeddedDatabase.FILE_NAME,
          EmbeddedDatabase.FILE_NAME + "-wal",
          EmbeddedDatabase.FILE_NAME + "-shm",
          "objects/snapshot",
          "objects/delta");

  private final Path target;
  private final Path unfinished;
  private final FileChannel lock;

  private BackupFolder(Path target, Path unfinished, FileChannel lock) {
    this.target = target;
    this.unfinished = unfinished;
    this.lock = lock;
  }

  /**
   * Begins a backup.
   *
   * @param target its folder, which is new or empty
   * @throws AlreadyExistsException if something is there
   * @throws UnavailableException if another process makes the same backup, or the folder cannot be
   *     used
   */
  public static BackupFolder begin(Path target) {
    Path named = target.toAbsolutePath().normalize();
    try {
      if (Files.exists(named) && !isEmptyFolder(named)) {
        throw new AlreadyExistsException(
            "%s exists and is not empty; a backup gets a folder of its own".formatted(target));
      }
      Path unfinished = named.resolveSibling(named.getFileName() + ".unfinished");
      Files.createDirectories(unfinished);
      FileChannel lock = lock(unfinished);
      for (String name : OF_ANOTHER_MOMENT) {
        delete(unfinished.resolve(name));
      }
      return new BackupFolder(named, unfinished, lock);
    } catch (IOException e) {
      throw new UnavailableException("cannot use " + target, e);
    }
  }

  /** Where the copy is made. */
  public Path data() {
    return unfinished;
  }

  /**
   * Gives the backup its name. The store in it must be closed.
   *
   * @throws UnavailableException if that cannot be done
   */
  public void complete() {
    try {
      Files.deleteIfExists(unfinished.resolve(LOCK));
      Files.deleteIfExists(target);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      DurableFolders.sync(target.resolveSibling("."));
    } catch (IOException e) {
      throw new UnavailableException(
          "the backup is complete in %s and cannot be renamed".formatted(unfinished), e);
    }
  }

  private static FileChannel lock(Path unfinished) throws IOException {
    FileChannel channel =
        FileChannel.open(
            unfinished.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // By this process.
    }
    channel.close();
    throw new UnavailableException("another backup is being made in " + unfinished, null);
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(path)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UnavailableException("cannot close " + unfinished.resolve(LOCK), e);
    }
  }
}
