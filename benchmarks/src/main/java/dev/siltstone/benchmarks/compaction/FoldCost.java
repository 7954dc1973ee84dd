package dev.siltstone.benchmarks.compaction;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Space;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.storage.ObjectBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a run costs that folds 1,000 records, half new and half updates of random older ones, by the
 * number of records in the snapshot: with an empty and with a warm cache folder, without the merges
 * that are now and then due ({@link MergeCycle} has those), and beside them a naive run that
 * fetches and writes the whole snapshot.
 *
 * <pre>
 * ./mvnw -q -DskipTests -pl benchmarks -am package
 * bin/benchmark dev.siltstone.benchmarks.compaction.FoldCost [dimension] [latency ms] [records ...]
 * </pre>
 */
public final class FoldCost {
  private static final int BATCH = 1_000;

  /** Folds before those that are measured. */
  private static final int WARM_UPS = 3;

  private final int dimension;
  private final long latencyMillis;

  private FoldCost(int dimension, long latencyMillis) {
    this.dimension = dimension;
    this.latencyMillis = latencyMillis;
  }

  public static void main(String[] args) throws IOException {
    int dimension = args.length > 0 ? Integer.parseInt(args[0]) : 384;
    long latency = args.length > 1 ? Long.parseLong(args[1]) : 20;
    System.out.printf(
        "%d records folded, half new, half updates; dimension %d; %d ms a request of the store%n%n",
        BATCH, dimension, latency);
    System.out.println(
        "| records before | run | MB fetched | GETs | MB stored | PUTs | other calls | s |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    FoldCost cost = new FoldCost(dimension, latency);
    if (args.length < 3) {
      for (int records : List.of(10_000, 100_000, 300_000)) {
        cost.measure(records);
      }
    }
    for (int i = 2; i < args.length; i++) {
      cost.measure(Integer.parseInt(args[i]));
    }
  }

  private void measure(int records) throws IOException {
    Path folder = Files.createTempDirectory("siltstone-fold-");
    try (Bench bench = new Bench(folder, dimension, latencyMillis, null)) {
      new Seeding(bench, new Workload(dimension, 1, 0)).publish(List.of(records));
      Workload workload = new Workload(dimension, 2, records);
      for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
        bench.write(workload.batch(BATCH));
        bench.foldOnly(folder.resolve("warm-up-" + warmUp));
      }
      bench.write(workload.batch(BATCH));
      print(records, "empty cache", bench, () -> bench.foldOnly(folder.resolve("cold")));
      Path warm = folder.resolve("warm");
      copyAll(bench, warm);
      bench.write(workload.batch(BATCH));
      print(records, "warm cache", bench, () -> bench.foldOnly(warm));
      print(records, "naive: all of it", bench, () -> naive(bench, folder));
    } finally {
      Bench.delete(folder);
    }
  }

  /** Brings every segment into a cache folder, uncounted. */
  private static void copyAll(Bench bench, Path cache) {
    CountedStore uncounted = new CountedStore(bench.local, 0);
    try (SnapshotCache copying = bench.snapshotCache(uncounted, cache);
        OpenSnapshot _ = copying.openManifest(current(bench))) {
      // opening has fetched them
    }
  }

  /** Fetches the snapshot, writes it anew and stores it, as the pattern's first system did. */
  private static void naive(Bench bench, Path folder) {
    Path scratch = folder.resolve("naive");
    SegmentId id = new SegmentId(bench.ids.next());
    try (SnapshotCache cache = bench.snapshotCache(bench.remote, folder.resolve("naive-cache"));
        OpenSnapshot all = cache.openManifest(current(bench))) {
      Files.createDirectories(scratch);
      try (SegmentWriter writer =
          new SegmentWriter(scratch, id, new Epoch(99), Space.COSINE, bench.dimension)) {
        copyRows(all, writer);
        SegmentDescriptor written = writer.finish();
        for (SegmentFile file : written.files()) {
          bench.remote.putIfAbsent(
              written.keyOf(bench.collection, file), ObjectBody.of(scratch.resolve(file.name())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyRows(OpenSnapshot all, SegmentWriter writer) {
    List<Row> rows = new ArrayList<>();
    for (OpenSegment segment : all.segments()) {
      RowCursor cursor = segment.reader().cursor();
      for (int row : segment.deleted().liveOf(segment.reader().rows())) {
        rows.add(new Row(segment, cursor, row, segment.reader().order(row)));
      }
    }
    rows.sort(Comparator.comparing(Row::order));
    for (Row row : rows) {
      writer.add(
          row.segment.reader().record(row.number, row.cursor),
          row.segment.reader().checksum(row.number));
    }
  }

  private record Row(OpenSegment segment, RowCursor cursor, int number, OrderKey order) {}

  private static Manifest current(Bench bench) {
    return bench.snapshots.current(bench.collection).orElseThrow().manifest();
  }

  private static void print(int records, String run, Bench bench, Runnable action) {
    Traffic before = bench.traffic();
    long start = System.nanoTime();
    action.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    Traffic used = bench.traffic().minus(before);
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %.2f | %d | %.2f | %d | %d | %.2f |%n",
        records,
        run,
        used.bytesDown() / 1e6,
        used.gets(),
        used.bytesUp() / 1e6,
        used.puts(),
        used.others() + used.services(),
        seconds);
  }
}
