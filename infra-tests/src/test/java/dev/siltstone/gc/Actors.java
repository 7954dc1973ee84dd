package dev.siltstone.gc;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergeCosts;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.Receipt;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writer, compactor, collector and reader of one process, one call at a time. */
public final class Actors implements AutoCloseable {
  static final Duration GRACE = Duration.ofMinutes(15);
  static final Duration ORPHAN_AGE = Duration.ofHours(1);
  private static final Executor INLINE = Runnable::run;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  private final Services services;
  private final Clock clock;
  private final TimeOrderedIds ids;
  private final SnapshotStore snapshots;
  private final SnapshotCache cache;
  private final LogReader reader;
  private final Commit commit;
  private final Compactor compactor;
  private final CollectionViews views;
  private final RetentionPolicy retention;

  public Actors(
      Services services, Path scratch, Clock clock, RetentionPolicy retention, long seed) {
    this.services = services;
    this.clock = clock;
    this.retention = retention;
    Random random = new Random(seed);
    ids = new TimeOrderedIds(clock, random);
    snapshots = new SnapshotStore(services.store(), clock);
    SegmentCache segments =
        new SegmentCache(services.store(), scratch.resolve("cache"), 1 << 28, workers);
    cache = new SnapshotCache(services.store(), snapshots, segments);
    reader = new LogReader(services.log(), clock, random, LogReader.DEFAULT_GRACE);
    DeltaBatches batches = new DeltaBatches(services.store(), services.log(), INLINE);
    commit = new Commit(services.log(), services.store(), ids, clock, random);
    views =
        new CollectionViews(
            services.log(), reader, batches, cache, INLINE, ReadPatience.STANDARD, clock);
    compactor =
        new Compactor(
            services.catalog(),
            services.leases(),
            services.notices(),
            new CompactionSteps(
                services.log(),
                reader,
                batches,
                snapshots,
                cache,
                new SegmentUpload(services.store(), segments, workers),
                new MergePlanner(new MergeCosts(10_000, 1_500)),
                MergeWorkers.inline(),
                ids,
                clock,
                scratch.resolve("segments")),
            CompactionSettings.DEFAULT.withRetention(retention),
            clock,
            "test");
  }

  public CollectionId createCollection(String name) {
    return services
        .catalog()
        .createCollection(
            new Collection(
                new CollectionId(ids.next()),
                TenantName.DEFAULT,
                DatabaseName.DEFAULT,
                new CollectionName(name),
                Space.L2,
                HnswParameters.DEFAULT,
                null,
                null,
                Metadata.NONE,
                0))
        .id();
  }

  /** Writes one record by one delta. */
  public Receipt write(CollectionId collection, String id) {
    return commit.commit(
        collection, new VectorShape(3, null), delta -> encoded(collection, delta, id));
  }

  public EncodedDelta encoded(CollectionId collection, DeltaId delta, String id) {
    Operation operation =
        new Operation.Upsert(
            new RecordId(id), Embedding.of(new float[] {1, 2, 3}), null, null, MetadataPatch.NONE);
    return DeltaWriter.encode(
        new Delta(collection, delta, 3, null, clock.now(), List.of(operation)));
  }

  public Commit commit() {
    return commit;
  }

  public TimeOrderedIds ids() {
    return ids;
  }

  public SnapshotStore snapshots() {
    return snapshots;
  }

  SnapshotCache cache() {
    return cache;
  }

  public CollectionViews views() {
    return views;
  }

  Compactor compactor() {
    return compactor;
  }

  public CompactionReport compact(CollectionId collection) {
    return compactor.run(collection, Deadline.in(clock, Duration.ofMinutes(5)));
  }

  Fence fence() {
    return new PointerFence(snapshots, services.log(), retention, ids, clock);
  }

  GarbageCollector collector() {
    return collector(fence());
  }

  GarbageCollector collector(Fence fence) {
    return new GarbageCollector(
        services.catalog(),
        services.leases(),
        services.notices(),
        new GcSteps(services.store(), services.log(), reader, snapshots, fence, INLINE, clock),
        CollectorSettings.DEFAULT,
        "test");
  }

  public GcReport collect(CollectionId collection) {
    return collector()
        .collect(collection, CollectionMode.COLLECT, Deadline.in(clock, Duration.ofMinutes(5)));
  }

  public DroppedCollections dropped() {
    return new DroppedCollections(
        services.catalog(), services.store(), services.log(), services.leases(), INLINE);
  }

  @Override
  public void close() {
    views.close();
    cache.close();
    workers.close();
  }
}
