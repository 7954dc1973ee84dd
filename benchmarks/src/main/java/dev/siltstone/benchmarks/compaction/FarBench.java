package dev.siltstone.benchmarks.compaction;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A seeded collection whose services a benchmark may put as far away as it likes. */
public final class FarBench implements AutoCloseable {
  private final Path folder;
  private final Bench bench;
  private final Workload workload;
  private int folders;

  /** A seam's service as it is seen from far away. */
  public interface Distance {
    <T> T far(Class<T> seam, T service);
  }

  public FarBench(Path folder, int dimension) {
    this.folder = folder;
    this.bench = new Bench(folder, dimension, 0, null);
    this.workload = Workload.clustered(dimension, 1);
  }

  /**
   * Publishes a snapshot of so many records, nine tenths of them in one segment, as merges leave
   * it: linked where that pays.
   *
   * @param efConstruction less takes less time and finds less; the files are as long
   */
  public void seed(int records, int efConstruction) {
    GraphParameters graph =
        new GraphParameters(
            HnswParameters.DEFAULT.maxNeighbors(),
            efConstruction,
            Runtime.getRuntime().availableProcessors(),
            1);
    new Seeding(bench, workload, graph).publish(List.of(records - records / 10, records / 10));
  }

  /** A vector like those of the records. */
  public float[] vector() {
    return workload.vector().toArray();
  }

  /** Commits so many deltas of one record each, near at hand. */
  public void write(int deltas) {
    for (int i = 0; i < deltas; i++) {
      bench.write(workload.fresh(1));
    }
  }

  /** Commits one delta of one record over far services, and announces it. */
  public void write(Commit commit, NoticeQueue notices) {
    bench.write(commit, workload.fresh(1));
    notices.send(new Notice(bench.collection), Duration.ZERO);
  }

  /** Folds and publishes what is in the log, over far services and with an empty cache. */
  public void compact(ObjectStore store, Distance distance) {
    bench.compact(store, emptyFolder(), distance);
  }

  public ObjectStore objects() {
    return bench.local;
  }

  public DeltaLog deltaLog() {
    return bench.log;
  }

  public Catalog catalog() {
    return bench.catalog;
  }

  public NoticeQueue notices() {
    return bench.notices;
  }

  public CollectionId collectionId() {
    return bench.collection;
  }

  /** A folder that does not exist yet. */
  public Path emptyFolder() {
    return folder.resolve("disk-" + folders++);
  }

  public void delete(Path disk) {
    Bench.delete(disk);
  }

  @Override
  public void close() {
    bench.close();
    Bench.delete(folder);
  }
}
