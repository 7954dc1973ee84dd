package dev.siltstone.benchmarks.compaction;

import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.collection.sqlite.SqliteCatalog;
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
import dev.siltstone.identity.CollectionId;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.sqlite.SqliteLeaseStore;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.VectorShape;
import dev.siltstone.log.sqlite.SqliteDeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.sqlite.SqliteNoticeQueue;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.Operation;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import dev.siltstone.time.TimeOrderedIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One collection over the embedded family, its producers and compactors, everything counted. */
final class Bench implements AutoCloseable {
  private static final long CACHE_BYTES = 8L << 30;
  private static final MergeCosts COSTS = new MergeCosts(10_000, 1_500);
  private static final MergeCosts NEVER_IN_TIME = new MergeCosts(1, 1);
  private static final Duration LONGEST_RUN = Duration.ofHours(1);
  private static final Duration SHORT_RUN = Duration.ofMinutes(5);

  final Path folder;
  final int dimension;
  final CountedStore remote;
  final ObjectStore local;
  final SnapshotStore snapshots;
  final DeltaLog log;
  final TimeOrderedIds ids;
  final CollectionId collection;

  private final CountedCalls calls = new CountedCalls();
  private final Clock clock = Clock.system();
  private final SplittableRandom random = new SplittableRandom(7);
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final EmbeddedDatabase database;
  private final DirectoryObjectStore directory;
  final Catalog catalog;
  final NoticeQueue notices;
  private final LeaseStore leases;
  private final Commit commit;

  /**
   * Opens a folder.
   *
   * @param collection one that is there, or null for a new one
   */
  Bench(Path folder, int dimension, long latencyMillis, @Nullable CollectionId collection) {
    this.folder = folder;
    this.dimension = dimension;
    database = EmbeddedDatabase.open(folder);
    directory = new DirectoryObjectStore(folder);
    local = directory;
    remote = new CountedStore(directory, latencyMillis);
    snapshots = new SnapshotStore(directory, clock);
    log = calls.counting(DeltaLog.class, new SqliteDeltaLog(database));
    catalog = calls.counting(Catalog.class, new SqliteCatalog(database));
    leases = calls.counting(LeaseStore.class, new SqliteLeaseStore(database));
    notices = calls.counting(NoticeQueue.class, new SqliteNoticeQueue(database, clock));
    ids = new TimeOrderedIds(clock, random);
    commit = new Commit(log, directory, ids, clock, random);
    this.collection = collection == null ? create() : collection;
  }

  /** Commits one delta. */
  void write(List<Operation> operations) {
    write(commit, operations);
  }

  /** The same by a writer's own protocol. */
  void write(Commit writer, List<Operation> operations) {
    writer.commit(
        collection,
        new VectorShape(dimension, null),
        id ->
            DeltaWriter.encode(
                new Delta(collection, id, dimension, null, clock.now(), operations)));
  }

  /** A run over the remote store with this cache folder, merges included. */
  CompactionReport compact(Path cache) {
    return compact(remote, cache, LONGEST_RUN);
  }

  /** The same without merges: its time suffices for none. */
  CompactionReport foldOnly(Path cache) {
    return compact(remote, cache, SHORT_RUN);
  }

  /** A run that maps the objects where they are. */
  CompactionReport compactInPlace() {
    return compact(local, folder.resolve("unused"), LONGEST_RUN);
  }

  SnapshotCache snapshotCache(ObjectStore store, Path cache) {
    return new SnapshotCache(
        store,
        new SnapshotStore(store, clock),
        new SegmentCache(store, cache, CACHE_BYTES, workers));
  }

  Traffic traffic() {
    return remote.traffic(calls.sum());
  }

  @Override
  public void close() {
    workers.close();
    directory.close();
    database.close();
  }

  /** A run without merges over services that are far away. */
  CompactionReport compact(ObjectStore store, Path cache, FarBench.Distance distance) {
    return compact(store, cache, SHORT_RUN, distance);
  }

  private CompactionReport compact(ObjectStore store, Path cache, Duration time) {
    return compact(
        store,
        cache,
        time,
        new FarBench.Distance() {
          @Override
          public <T> T far(Class<T> seam, T service) {
            return service;
          }
        });
  }

  private CompactionReport compact(
      ObjectStore store, Path cache, Duration time, FarBench.Distance distance) {
    DeltaLog seen = distance.far(DeltaLog.class, log);
    SegmentCache segments = new SegmentCache(store, cache, CACHE_BYTES, workers);
    SnapshotStore published = new SnapshotStore(store, clock);
    try (SnapshotCache opened = new SnapshotCache(store, published, segments)) {
      CompactionSteps steps =
          new CompactionSteps(
              seen,
              new LogReader(seen, clock, random, LogReader.DEFAULT_GRACE),
              new DeltaBatches(store, seen, workers),
              published,
              opened,
              new SegmentUpload(store, segments, workers),
              new MergePlanner(time.equals(SHORT_RUN) ? NEVER_IN_TIME : COSTS),
              new MergeWorkers(workers, Runtime.getRuntime().availableProcessors()),
              ids,
              clock,
              folder.resolve("scratch"));
      return new Compactor(
              distance.far(Catalog.class, catalog),
              distance.far(LeaseStore.class, leases),
              distance.far(NoticeQueue.class, notices),
              steps,
              CompactionSettings.DEFAULT,
              clock,
              "benchmark")
          .run(collection, Deadline.in(clock, time));
    }
  }

  private CollectionId create() {
    CollectionId id = new CollectionId(ids.next());
    catalog.createCollection(
        new Collection(
            id,
            TenantName.DEFAULT,
            DatabaseName.DEFAULT,
            new CollectionName("bench-" + id),
            Space.COSINE,
            HnswParameters.DEFAULT,
            null,
            null,
            Metadata.NONE,
            0));
    return id;
  }

  /** Deletes a folder with all that is in it, if it is there. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
