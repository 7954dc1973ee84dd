package dev.siltstone.benchmarks.compaction;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What many folds and the merges between them store, compared with what they were given: 300 runs
 * of 1,000 records, half of them updates, and how long a query takes after each run. How often a
 * row is stored does not depend on the dimension.
 *
 * <pre>
 * bin/benchmark dev.siltstone.benchmarks.compaction.MergeCycle [dimension] [runs] [records a run]
 * </pre>
 */
public final class MergeCycle {
  private static final int QUERIES = 5;

  private MergeCycle() {}

  public static void main(String[] args) throws IOException {
    int dimension = args.length > 0 ? Integer.parseInt(args[0]) : 64;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    int batch = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
    Path folder = Files.createTempDirectory("siltstone-cycle-");
    try (Bench bench = new Bench(folder, dimension, 0, null);
        NodeQueries queries = new NodeQueries(folder, bench.collection)) {
      run(bench, queries, new Workload(dimension, 1, 0), runs, batch);
    } finally {
      Bench.delete(folder);
    }
  }

  private static void run(
      Bench bench, NodeQueries queries, Workload workload, int runs, int batch) {
    Path cache = bench.folder.resolve("cache");
    int merged = 0;
    int mostSegments = 0;
    double[] seconds = new double[runs];
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      bench.write(workload.batch(batch));
      long start = System.nanoTime();
      CompactionReport report = bench.compact(cache);
      seconds[i] = (System.nanoTime() - start) / 1e9;
      merged += report.merges();
      mostSegments = Math.max(mostSegments, segments(bench).size());
      millis[i] = queries.bestMillis(workload.vector(), QUERIES);
    }
    printStored(bench, (long) runs * batch);
    Arrays.sort(seconds);
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%nsegments merged %d; most after a run %d; run s p50 %.2f, longest %.2f%n"
            + "query after a run, ms: p50 %.2f, at the worst moment %.2f%n",
        merged,
        mostSegments,
        seconds[runs / 2],
        seconds[runs - 1],
        millis[runs / 2],
        millis[runs - 1]);
  }

  private static void printStored(Bench bench, long given) {
    List<GraphShares> files = bench.remote.vectorFiles();
    long rows = files.stream().mapToLong(GraphShares::rows).sum();
    long linked = files.stream().filter(GraphShares::linked).mapToLong(GraphShares::rows).sum();
    System.out.printf(
        Locale.ROOT,
        "%,d records given, dimension %d, %,d live in %d segments at the end%n%n",
        given,
        bench.dimension,
        manifest(bench).liveRecords(),
        segments(bench).size());
    System.out.println("| | MB stored | times what was given |");
    System.out.println("|---|---|---|");
    long vectors = files.stream().mapToLong(GraphShares::vectorBytes).sum();
    print("vectors", vectors, (double) rows / given);
    long links = files.stream().mapToLong(GraphShares::otherBytes).sum();
    print("links and the like", links, (double) linked / given);
    for (String file : List.of(SegmentFile.ROWS, SegmentFile.IDS, SegmentFile.FILTERS)) {
      long stored = bench.remote.bytesUp(file);
      print(file, stored, stored / (bytesPerRow(bench, file) * given));
    }
  }

  private static void print(String what, long bytes, double times) {
    System.out.printf(Locale.ROOT, "| %s | %.1f | %.2f |%n", what, bytes / 1e6, times);
  }

  private static double bytesPerRow(Bench bench, String file) {
    long bytes = 0;
    long rows = 0;
    for (SegmentEntry entry : segments(bench)) {
      bytes += entry.segment().file(file).bytes();
      rows += entry.segment().rows();
    }
    return (double) bytes / rows;
  }

  private static List<SegmentEntry> segments(Bench bench) {
    return manifest(bench).segments();
  }

  private static Manifest manifest(Bench bench) {
    return bench.snapshots.current(bench.collection).orElseThrow().manifest();
  }
}
