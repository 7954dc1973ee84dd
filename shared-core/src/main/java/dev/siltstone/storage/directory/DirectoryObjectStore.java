package dev.siltstone.storage.directory;

import dev.siltstone.cost.RequestCost;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.folder.DurableFolders;
import dev.siltstone.folder.FolderLocks;
import dev.siltstone.folder.ScratchFolder;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files: the object {@code a/b} is the file {@code <folder>/objects/a/b}. Several
 * instances in several processes may share the folder, which must lie on a local POSIX file system
 * with hard links. No key may continue another one after a slash ({@code a} and {@code a/b}).
 *
 * <p>A file never changes once it has its name. Put-if-absent prepares the bytes under {@code
 * tmp/}, syncs them, gives the file its name by a hard link, which fails if the name is taken, and
 * syncs the folder. Put-if-match holds the key's lock over all processes, compares the content and
 * renames. Both leave the second name under {@code tmp/} until the folder is synced: a reader that
 * meets a file with more than one name syncs the folder itself before it relies on it, so nobody
 * ever acts on an object that a power loss could still take away. Deletes are not synced: an object
 * may come back after a power loss, and is deleted again by whoever collects leftovers.
 *
 * <p>A put costs two fsyncs, the file's and its folder's; the first one in a folder also syncs the
 * folders above. The ETag is the content's SHA-256.
 */
public final class DirectoryObjectStore implements ObjectStore, AutoCloseable {
  /** The removal of an emptied folder can come between creating it and linking into it. */
  private static final int LINK_ATTEMPTS = 100;

  private final DurableFolders folders;
  private final FolderLocks locks;
  private final ScratchFolder scratch;

  /**
   * Opens the store in {@code folder}, creating it if needed, and removes what killed processes
   * left under {@code tmp/}.
   *
   * @throws UnavailableException if the folder cannot be used
   */
  public DirectoryObjectStore(Path folder) {
    try {
      folders = new DurableFolders(folder.resolve("objects"));
      locks = new FolderLocks(folder);
      scratch = ScratchFolder.open(folder, new HalfDonePuts(folders.root()));
    } catch (IOException e) {
      throw new UnavailableException("cannot use " + folder, e);
    }
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    try {
      byte[] bytes = Files.readAllBytes(existing(key));
      count("File.Read", bytes.length);
      return Optional.of(new StoredObject(bytes, new ETag(Checksum.of(bytes).hex())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  @Override
  public byte[] getRange(ObjectKey key, long offset, int length) {
    try {
      byte[] bytes = FileRange.read(existing(key), offset, length);
      count("File.Read", bytes.length);
      return bytes;
    } catch (NoSuchFileException e) {
      throw missing(key, e);
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    try {
      long size = FileRange.readTail(existing(key), offset, sink);
      count("File.Read", size - offset);
      return size;
    } catch (NoSuchFileException e) {
      throw missing(key, e);
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  private static void count(String kind, long bytes) {
    RequestCost.call(kind);
    RequestCost.fetched(bytes);
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    RequestCost.call("File.Create");
    try (StagedBody staged = stage(key, body)) {
      return link(key, staged);
    }
  }

  private PutResult link(ObjectKey key, StagedBody staged) {
    Path target = path(key);
    try {
      linkDespiteRemovals(staged.path(), target);
      folders.settle(target);
      return new PutResult.Stored(staged.etag());
    } catch (FileAlreadyExistsException e) {
      return conditionFailed(key);
    } catch (IOException e) {
      throw new OutcomeUnknownException("put of " + key + " failed half-way", e);
    }
  }

  private void linkDespiteRemovals(Path staged, Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      folders.createAbove(target);
      try {
        Files.createLink(target, staged);
        return;
      } catch (NoSuchFileException e) {
        if (attempt == LINK_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Whoever is told that a key is taken may rely on it, so what is there is settled first. */
  private PutResult conditionFailed(ObjectKey key) {
    try {
      existing(key);
    } catch (NoSuchFileException e) {
      // Deleted since; it stood there when it counted.
    } catch (IOException e) {
      throw unreadable(key, e);
    }
    return new PutResult.ConditionFailed();
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
    RequestCost.call("File.Replace");
    try (StagedBody staged = stage(key, body);
        var _ = locks.acquire(key.value())) {
      boolean matches = get(key).map(now -> now.etag().equals(expected)).orElse(false);
      return matches ? replace(key, staged) : new PutResult.ConditionFailed();
    }
  }

  private PutResult replace(ObjectKey key, StagedBody staged) {
    Path target = path(key);
    Path secondName = scratch.newPath();
    try {
      Files.createLink(secondName, staged.path());
      Files.move(secondName, target, StandardCopyOption.ATOMIC_MOVE);
      folders.settle(target);
      return new PutResult.Stored(staged.etag());
    } catch (IOException e) {
      throw new OutcomeUnknownException("replacement of " + key + " failed half-way", e);
    }
  }

  @Override
  public List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit) {
    try {
      return new Listing(folders.root(), prefix, after, limit).objects();
    } catch (IOException e) {
      throw new UnavailableException("cannot list " + prefix, e);
    }
  }

  @Override
  public void delete(ObjectKey key) {
    // Under the key's lock, so that a replacement in progress does not bring the object back.
    try (var _ = locks.acquire(key.value())) {
      Path path = path(key);
      if (Files.isRegularFile(path)) {
        Files.deleteIfExists(path);
        folders.removeEmptyAbove(path);
      }
    } catch (IOException e) {
      throw new OutcomeUnknownException("cannot delete " + key, e);
    }
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    try {
      return Optional.of(existing(key));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  /** Releases the scratch folder; objects stay readable by paths already given out. */
  @Override
  public void close() {
    scratch.close();
  }

  private StagedBody stage(ObjectKey key, ObjectBody body) {
    try {
      return StagedBody.of(body, scratch);
    } catch (IOException e) {
      throw new UnavailableException("cannot stage " + key, e);
    }
  }

  /** The object's file, once nothing can take it away any more. */
  private Path existing(ObjectKey key) throws IOException {
    Path path = path(key);
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    if (LinkCount.of(path) > 1) {
      folders.settle(path);
    }
    return path;
  }

  private Path path(ObjectKey key) {
    return folders.root().resolve(key.value());
  }

  private static NotFoundException missing(ObjectKey key, NoSuchFileException cause) {
    return new NotFoundException("no object " + key, cause);
  }

  private static UnavailableException unreadable(ObjectKey key, IOException cause) {
    return new UnavailableException("cannot read " + key, cause);
  }
}
