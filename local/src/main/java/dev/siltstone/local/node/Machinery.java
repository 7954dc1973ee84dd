package dev.siltstone.local.node;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.cost.CarryingExecutor;
import dev.siltstone.folder.ScratchFolder;
import dev.siltstone.log.Commit;
import dev.siltstone.log.LogReader;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The protocols over the embedded storage, each once: producer, compactor and query of this process
 * share them, and with them every open segment.
 */
final class Machinery implements AutoCloseable {
  /** The embedded family maps stored files where they are, so hardly anything is ever copied. */
  private static final long CACHE_BYTES = 1L << 30;

  private static final int WORKERS = 4;

  private final ScratchFolder scratch;
  private final ExecutorService workers;
  private final ExecutorService openers;
  private final ExecutorService searchers;
  private final ExecutorService mergers;
  private final TimeOrderedIds ids;
  private final Commit commit;
  private final LogReader reader;
  private final DeltaBatches batches;
  private final SnapshotStore snapshots;
  private final SegmentCache segments;
  private final SnapshotCache cache;

  Machinery(EmbeddedStorage storage, Path folder, Clock clock) throws IOException {
    Random jitter = new Random();
    scratch = ScratchFolder.open(folder);
    workers =
        new CarryingExecutor(
            Executors.newFixedThreadPool(
                WORKERS, Thread.ofPlatform().name("io-", 1).daemon(true).factory()));
    openers =
        new CarryingExecutor(
            Executors.newCachedThreadPool(
                Thread.ofPlatform().name("open-", 1).daemon(true).factory()));
    searchers =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().name("search-", 1).daemon(true).factory());
    mergers = Executors.newCachedThreadPool(new BackgroundThreads("merge-"));
    ids = new TimeOrderedIds(clock, new SecureRandom());
    commit = new Commit(storage.log(), storage.objects(), ids, clock, jitter);
    reader = new LogReader(storage.log(), clock, jitter, LogReader.DEFAULT_GRACE);
    batches = new DeltaBatches(storage.objects(), storage.log(), workers);
    snapshots = new SnapshotStore(storage.objects(), clock);
    segments = new SegmentCache(storage.objects(), scratch.newPath(), CACHE_BYTES, workers);
    cache = new SnapshotCache(storage.objects(), snapshots, segments);
  }

  /** A new empty folder on the file system of the stored objects, gone when this is closed. */
  Path scratchFolder() throws IOException {
    return Files.createDirectories(scratch.newPath());
  }

  ExecutorService workers() {
    return workers;
  }

  /** Runs what waits for workers: opening a snapshot lasts as long as fetching its files. */
  ExecutorService openers() {
    return openers;
  }

  /** Threads that help searches, as many as searches ask for. */
  ExecutorService searchers() {
    return searchers;
  }

  /** One thread for each merge under way; it and those it starts leave requests the processor. */
  ExecutorService mergers() {
    return mergers;
  }

  TimeOrderedIds ids() {
    return ids;
  }

  Commit commit() {
    return commit;
  }

  LogReader reader() {
    return reader;
  }

  DeltaBatches batches() {
    return batches;
  }

  SnapshotStore snapshots() {
    return snapshots;
  }

  SegmentCache segments() {
    return segments;
  }

  SnapshotCache cache() {
    return cache;
  }

  @Override
  public void close() {
    openers.shutdownNow();
    workers.shutdownNow();
    searchers.shutdownNow();
    mergers.shutdownNow();
    cache.close();
    scratch.close();
  }
}
