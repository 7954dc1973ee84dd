package dev.siltstone.benchmarks.index;

import com.sun.management.OperatingSystemMXBean;
import dev.siltstone.collection.Space;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.hnsw.GraphFileWriter;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.hnsw.RowFilter;
import dev.siltstone.hnsw.RowSearch;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From how many rows on a graph is worth building: processor time of a query by an exact scan and
 * through a graph, on the same rows in turn, and what building costs. The graph is searched with
 * the smallest ef that finds 99 % of the ten nearest, and with the default ef.
 *
 * <pre>
 * bin/benchmark dev.siltstone.benchmarks.index.ScanOrGraph [seed] [dimension...]
 * </pre>
 */
public final class ScanOrGraph {
  private static final int[] SIZES = {1_000, 2_000, 5_000, 10_000, 20_000};
  private static final int QUERIES = 1_000;
  private static final int ROUNDS = 7;
  private static final int DEFAULT_EF = 100;
  private static final double RECALL = 0.99;

  private final Path folder;
  private final DistanceKernel kernel = KernelChoice.ofThisJvm().kernel();
  private final TopK nearest = new TopK(Workload.K);

  private ScanOrGraph(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    long seed = args.length > 0 ? Long.parseLong(args[0]) : 1;
    List<Integer> dimensions =
        args.length > 1
            ? Arrays.stream(args).skip(1).map(Integer::valueOf).toList()
            : List.of(128, 384, 768);
    System.out.printf(
        Locale.ROOT,
        "seed %d, %d queries, processor time, medians of %d rounds in turn%n%n| dimension | rows |"
            + " scan, µs | graph, µs (ef, recall) | graph with ef %d, µs (recall) | building, µs a"
            + " row |%n|---|---|---|---|---|---|%n",
        seed,
        QUERIES,
        ROUNDS,
        DEFAULT_EF);
    Path folder = Files.createTempDirectory("siltstone-scan-");
    ScanOrGraph bench = new ScanOrGraph(folder);
    for (int dimension : dimensions) {
      ClusteredVectors vectors = new ClusteredVectors(dimension, seed);
      bench.build(vectors.draw(0, SIZES[0]), "warm-up", parameters());
      for (int rows : SIZES) {
        bench.compare(vectors.draw(0, rows), vectors.draw(1, QUERIES));
      }
    }
    Files.delete(folder);
  }

  private static GraphParameters parameters() {
    return new GraphParameters(Peer.M, Peer.EF_CONSTRUCTION, 1, 42);
  }

  private void compare(float[][] base, float[][] queries) throws IOException {
    double plain = build(base, "plain", null);
    double linked = build(base, "linked", parameters());
    try (GraphFile scanned = GraphFile.open(folder.resolve("plain"));
        GraphFile graph = GraphFile.open(folder.resolve("linked"))) {
      RowSearch scan = new RowSearch(scanned, kernel);
      RowSearch walk = new RowSearch(graph, kernel);
      int[][] exact = search(scan, queries, DEFAULT_EF);
      int ef = Workload.K;
      while (recall(exact, search(walk, queries, ef)) < RECALL) {
        ef += 2;
      }
      double[][] micros = new double[3][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        micros[0][round] = micros(scan, queries, DEFAULT_EF);
        micros[1][round] = micros(walk, queries, ef);
        micros[2][round] = micros(walk, queries, DEFAULT_EF);
      }
      System.out.printf(
          Locale.ROOT,
          "| %d | %,d | %.0f | %.0f (%d, %.3f) | %.0f (%.3f) | %.0f |%n",
          base[0].length,
          base.length,
          median(micros[0]),
          median(micros[1]),
          ef,
          recall(exact, search(walk, queries, ef)),
          median(micros[2]),
          recall(exact, search(walk, queries, DEFAULT_EF)),
          (linked - plain) / base.length);
    } finally {
      for (String file : List.of("plain", "linked", "warm-up")) {
        Files.deleteIfExists(folder.resolve(file));
      }
    }
  }

  /** Microseconds of all threads' processor time; links only if there are parameters for them. */
  private double build(float[][] base, String name, @Nullable GraphParameters parameters) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long begun = process.getProcessCpuTime();
    Path path = folder.resolve(name);
    int dimension = base[0].length;
    try (GraphFileWriter writer =
        parameters == null
            ? GraphFileWriter.create(path, Space.COSINE, dimension)
            : GraphFileWriter.create(path, Space.COSINE, dimension, parameters)) {
      for (float[] vector : base) {
        writer.append(Embedding.owning(vector));
      }
      writer.finish();
    }
    return (process.getProcessCpuTime() - begun) / 1e3;
  }

  private double micros(RowSearch search, float[][] queries, int ef) {
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (float[] query : queries) {
      nearest.reset(Workload.K);
      search.nearest(query, RowFilter.all(), ef, nearest);
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
    return nanos / 1e3 / queries.length;
  }

  private int[][] search(RowSearch search, float[][] queries, int ef) {
    int[][] found = new int[queries.length][];
    for (int i = 0; i < queries.length; i++) {
      nearest.reset(Workload.K);
      search.nearest(queries[i], RowFilter.all(), ef, nearest);
      found[i] = nearest.toNeighbors().rows();
    }
    return found;
  }

  private static double recall(int[][] exact, int[][] found) {
    long hits = 0;
    for (int i = 0; i < exact.length; i++) {
      int[] right = exact[i];
      hits +=
          Arrays.stream(found[i])
              .filter(row -> IntStream.of(right).anyMatch(r -> r == row))
              .count();
    }
    return (double) hits / ((long) exact.length * Workload.K);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
