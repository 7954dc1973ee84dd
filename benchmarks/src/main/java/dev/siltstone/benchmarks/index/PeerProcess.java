package dev.siltstone.benchmarks.index;

import com.sun.management.OperatingSystemMXBean;
import dev.siltstone.benchmarks.index.Peer.OpenIndex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Asks one peer one thing, in a process of its own, and prints figures, separated by tabs. A native
 * program that is to be compared takes the same arguments and prints the same lines:
 *
 * <pre>
 * build  WORKLOAD INDEX THREADS  → build   CPU-seconds  seconds
 * search WORKLOAD INDEX EF…      → search  ef  recall  queries per CPU-second      (a line each)
 * open   WORKLOAD INDEX          → open    ms to open  ms to the first answer
 * </pre>
 *
 * <p>WORKLOAD is a folder as {@link Workload} describes it, INDEX a folder of the peer's own.
 */
public final class PeerProcess {
  private static final int WARM_UP_PASSES = 4;
  private static final int WARM_UP_EF = 60;
  private static final int PASSES = 3;

  private final Peer peer;
  private final Workload workload;
  private final Path index;

  private PeerProcess(Peer peer, Workload workload, Path index) {
    this.peer = peer;
    this.workload = workload;
    this.index = index;
  }

  /** The peer's name, then what the class says. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PeerProcess process =
        new PeerProcess(
            Peer.named(arguments[0]), new Workload(Path.of(arguments[2])), Path.of(arguments[3]));
    int[] numbers = Arrays.stream(arguments).skip(4).mapToInt(Integer::parseInt).toArray();
    switch (arguments[1]) {
      case "build" -> process.build(numbers[0]);
      case "search" -> process.search(numbers);
      case "open" -> process.open();
      default -> throw new IllegalArgumentException("neither build, search nor open");
    }
  }

  private void build(int threads) throws IOException, InterruptedException {
    float[][] base = workload.base();
    Files.createDirectories(index);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    peer.build(base, index, threads);
    print("build", (system.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - start) / 1e9);
  }

  private void search(int... efs) throws IOException {
    float[][] queries = workload.queries();
    int[][] truth = workload.truth();
    try (OpenIndex open = peer.open(index)) {
      for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
        searchAll(open, queries, WARM_UP_EF);
      }
      for (int ef : efs) {
        double[] seconds = new double[PASSES];
        int[][] found = {};
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int pass = 0; pass < PASSES; pass++) {
          long start = threads.getCurrentThreadCpuTime();
          found = searchAll(open, queries, ef);
          seconds[pass] = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        print("search", ef, recall(found, truth), queries.length / seconds[PASSES / 2]);
      }
    }
  }

  private static int[][] searchAll(OpenIndex open, float[][] queries, int ef) throws IOException {
    int[][] found = new int[queries.length][];
    for (int i = 0; i < queries.length; i++) {
      found[i] = open.search(queries[i], ef);
    }
    return found;
  }

  private static double recall(int[][] found, int[][] truth) {
    long hits = 0;
    for (int i = 0; i < truth.length; i++) {
      int[] nearest = truth[i].clone();
      Arrays.sort(nearest);
      hits += Arrays.stream(found[i]).filter(row -> Arrays.binarySearch(nearest, row) >= 0).count();
    }
    return (double) hits / truth.length / Workload.K;
  }

  private void open() throws IOException {
    float[] query = workload.queries()[0];
    long start = System.nanoTime();
    try (OpenIndex open = peer.open(index)) {
      double opened = (System.nanoTime() - start) / 1e6;
      int[] found = open.search(query, WARM_UP_EF);
      double answered = (System.nanoTime() - start) / 1e6;
      if (found.length == 0) {
        throw new IllegalStateException("found nothing");
      }
      print("open", opened, answered);
    }
  }

  private static void print(String what, double... figures) {
    StringBuilder line = new StringBuilder(what);
    for (double figure : figures) {
      line.append('\t').append(String.format(Locale.ROOT, "%.4f", figure));
    }
    System.out.println(line);
  }
}
