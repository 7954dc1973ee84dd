package dev.siltstone.simulated;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.log.Commit;
import dev.siltstone.log.LogReader;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * One life of one process: its memory, its clock, and what every kind of process is built of. Its
 * folder outlives it.
 */
final class Machine implements AutoCloseable {
  private static final long CACHE_BYTES = 1 << 24;

  final Services services;
  final Clock clock;
  final Random random;
  final Path folder;
  final TimeOrderedIds ids;
  final LogReader reader;
  final Commit commit;
  final DeltaBatches batches;
  final SnapshotStore snapshots;
  final SegmentCache segments;
  final SnapshotCache cache;
  final CollectionViews views;

  /**
   * A process that has just started.
   *
   * @param grace how long holes are left alone
   */
  Machine(Services services, Clock clock, long seed, Path folder, Duration grace) {
    this.services = services;
    this.clock = clock;
    this.random = new Random(seed);
    this.folder = folder;
    this.ids = new TimeOrderedIds(clock, random);
    this.reader = new LogReader(services.log(), clock, random, grace);
    this.commit = new Commit(services.log(), services.store(), ids, clock, random);
    this.batches = new DeltaBatches(services.store(), services.log(), CallersThread.INSTANCE);
    this.snapshots = new SnapshotStore(services.store(), clock);
    this.segments =
        new SegmentCache(
            services.store(), folder.resolve("cache"), CACHE_BYTES, CallersThread.INSTANCE);
    this.cache = new SnapshotCache(services.store(), snapshots, segments);
    this.views =
        new CollectionViews(
            services.log(),
            reader,
            batches,
            cache,
            CallersThread.INSTANCE,
            ReadPatience.STANDARD,
            clock);
  }

  /** Frees memory, as the end of a process does. */
  @Override
  public void close() {
    views.close();
    cache.close();
  }
}
