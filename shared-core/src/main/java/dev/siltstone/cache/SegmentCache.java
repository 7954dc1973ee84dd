package dev.siltstone.cache;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.Outcome;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.file.MappedSource;
import dev.siltstone.segment.file.RangeSource;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments opened on this machine, each once, however many snapshots and requests use it. A segment
 * is unmapped when its last user lets go; its files stay until the budget needs their room, and are
 * compared with their checksums each time they are opened again.
 *
 * <p>The folder belongs to one process.
 */
public final class SegmentCache {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentCache.class);

  /** What every read may need; the rest is for conditions on documents. */
  private static final Predicate<SegmentFile> SEARCHED =
      file -> !file.name().equals(SegmentFile.TEXT);

  private final ObjectStore store;
  private final SegmentFolder folder;
  private final ExecutorService fetchers;
  private final SegmentDownloads downloads;
  private final SideBySide sideBySide;
  private final Map<SegmentId, Shared> open = new HashMap<>();

  /**
   * A cache of its own folder.
   *
   * @param budgetBytes most bytes of segment files to keep there
   * @param fetchers runs the parallel fetches
   */
  public SegmentCache(ObjectStore store, Path folder, long budgetBytes, ExecutorService fetchers) {
    this.store = store;
    this.folder = new SegmentFolder(folder, budgetBytes);
    this.fetchers = fetchers;
    this.downloads = new SegmentDownloads(store, fetchers);
    this.sideBySide = new SideBySide(fetchers);
  }

  /**
   * Opens a segment or shares the open one; fetches its files if they are not here, except for the
   * text index, which is fetched when it is needed or by {@link #fetchRest}. Concurrent callers
   * share one fetch.
   *
   * @throws UnavailableException if the store does not answer or the budget is too small
   * @throws CorruptDataException if the stored files do not match the descriptor
   */
  SegmentLease acquire(CollectionId collection, SegmentDescriptor segment) {
    Shared shared;
    boolean mine = false;
    synchronized (this) {
      shared = open.get(segment.id());
      if (shared == null) {
        shared = new Shared(segment);
        open.put(segment.id(), shared);
        mine = true;
      }
      shared.users++;
    }
    if (mine) {
      load(collection, shared);
    }
    return new SegmentLease(this, shared, await(shared));
  }

  /**
   * Fetches in the background what opening this segment has left out. If that fails, whoever needs
   * it tries again.
   */
  void fetchRest(CollectionId collection, SegmentDescriptor segment) {
    if (segment.has(SegmentFile.TEXT)) {
      fetchers.execute(() -> {
        try (SegmentLease lease = acquire(collection, segment)) {
          lease.reader().text();
        } catch (RuntimeException e) {
          LOG.warn("segment {}: the text index could not be fetched ahead", segment.id(), e);
        }
      });
    }
  }

  /**
   * Takes over the complete files of a segment that this process has written itself, so that
   * opening it needs no fetch. Afterwards {@code written} is gone. Where the store's own files are
   * mapped in place there is nothing to keep.
   */
  public void adopt(CollectionId collection, SegmentDescriptor segment, Path written) {
    if (localFiles(collection, segment) == null) {
      folder.adopt(segment, written);
    } else {
      SegmentFolder.delete(written);
    }
  }

  /**
   * One file of a segment for reading some of it: mapped if it is here, else by range. The caller
   * closes it.
   */
  ByteSource source(CollectionId collection, SegmentDescriptor segment, SegmentFile file) {
    ObjectKey key = segment.keyOf(collection, file);
    Optional<Path> here = store.localPath(key).or(() -> folder.complete(segment.id(), file));
    return here.isPresent()
        ? MappedSource.open(here.get())
        : new RemoteFile(
            new RangeSource(store, key, file.bytes()), () -> fetchWhole(collection, segment, file));
  }

  /** Runs fetches on this cache's threads. */
  SideBySide sideBySide() {
    return sideBySide;
  }

  /**
   * Something seems damaged: of what is kept of this segment the files that have changed are
   * deleted, and whoever acquires it next shares no reader that is open now. Whoever has it open
   * keeps it.
   */
  void distrust(SegmentDescriptor segment) {
    synchronized (this) {
      open.remove(segment.id());
    }
    downloads.deleteChanged(segment, folder.pathOf(segment.id()));
  }

  /** Segments open now, for statistics. */
  public synchronized int openSegments() {
    return open.size();
  }

  /** Bytes of segment files kept in the folder. */
  public long bytesKept() {
    return folder.bytesKept();
  }

  void release(Shared shared) {
    synchronized (this) {
      if (--shared.users > 0) {
        return;
      }
      open.remove(shared.segment.id(), shared);
    }
    if (!shared.reader.isCompletedExceptionally()) {
      shared.reader.join().close();
    }
    folder.unpin(shared.segment.id());
  }

  private void load(CollectionId collection, Shared shared) {
    try {
      shared.reader.complete(open(collection, shared.segment));
    } catch (RuntimeException | Error e) {
      shared.reader.completeExceptionally(e);
    }
  }

  private SegmentReader await(Shared shared) {
    try {
      return Outcome.of(shared.reader);
    } catch (RuntimeException | Error e) {
      release(shared);
      throw e;
    }
  }

  private SegmentReader open(CollectionId collection, SegmentDescriptor segment) {
    Map<String, Path> inPlace = localFiles(collection, segment);
    if (inPlace != null) {
      return SegmentReader.open(segment, file -> path(inPlace, file));
    }
    Path own = folder.pin(segment);
    try {
      return fetchAndOpen(collection, segment, own);
    } catch (CorruptDataException e) {
      folder.empty(segment.id());
      return fetchAndOpen(collection, segment, own);
    }
  }

  private SegmentReader fetchAndOpen(CollectionId collection, SegmentDescriptor segment, Path own) {
    downloads.fetch(collection, segment, SEARCHED, own);
    return SegmentReader.openBeforeText(
        segment, file -> own.resolve(file.name()), () -> fetchText(collection, segment, own));
  }

  /** The file may be gone with a snapshot that is read no longer; its readers move on. */
  private Path fetchText(CollectionId collection, SegmentDescriptor segment, Path own) {
    try {
      downloads.fetch(collection, segment, SEARCHED.negate(), own);
    } catch (NotFoundException e) {
      throw new UnavailableException("segment " + segment.id() + " has lost its text index", e);
    }
    return own.resolve(SegmentFile.TEXT);
  }

  /** Fetches and maps one file; empty if the budget has no room for its segment. */
  private Optional<MappedSource> fetchWhole(
      CollectionId collection, SegmentDescriptor segment, SegmentFile file) {
    Path own;
    try {
      own = folder.pin(segment);
    } catch (UnavailableException full) {
      return Optional.empty();
    }
    try {
      downloads.fetchFile(collection, segment, file, own);
      return Optional.of(MappedSource.open(own.resolve(file.name())));
    } finally {
      folder.unpin(segment.id());
    }
  }

  private @Nullable Map<String, Path> localFiles(
      CollectionId collection, SegmentDescriptor segment) {
    Map<String, Path> paths = new HashMap<>();
    for (SegmentFile file : segment.files()) {
      var path = store.localPath(segment.keyOf(collection, file));
      if (path.isEmpty()) {
        return null;
      }
      paths.put(file.name(), path.get());
    }
    return paths;
  }

  private static Path path(Map<String, Path> paths, SegmentFile file) {
    Path path = paths.get(file.name());
    if (path == null) {
      throw new IllegalArgumentException("segment has no file " + file.name());
    }
    return path;
  }

  /** One open segment and how many use it. */
  static final class Shared {
    private final SegmentDescriptor segment;
    private final CompletableFuture<SegmentReader> reader = new CompletableFuture<>();
    private int users;

    private Shared(SegmentDescriptor segment) {
      this.segment = segment;
    }
  }
}
