package dev.siltstone.benchmarks.compaction;

import dev.siltstone.identity.CollectionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The memory of a compactor that merges to 300,000 records: a JVM of its own with a small heap, and
 * the highest anonymous resident memory that the kernel reports for it, read every 20 ms. Mapped
 * files are not in it: the kernel may drop their pages.
 *
 * <pre>
 * bin/benchmark dev.siltstone.benchmarks.compaction.MergeMemory [records] [dimension] [heap, MB]
 * </pre>
 */
public final class MergeMemory {
  private MergeMemory() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals("child")) {
      merge(Path.of(args[1]), Integer.parseInt(args[2]), CollectionId.parse(args[3]));
      return;
    }
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 300_000;
    int dimension = args.length > 1 ? Integer.parseInt(args[1]) : 384;
    int heap = args.length > 2 ? Integer.parseInt(args[2]) : 256;
    Path folder = Files.createTempDirectory("siltstone-memory-");
    try {
      CollectionId collection;
      try (Bench bench = new Bench(folder, dimension, 0, null)) {
        new Seeding(bench, new Workload(dimension, 1, 0))
            .publish(List.of(records - records * 2 / 5, records * 2 / 5));
        collection = bench.collection;
      }
      watch(child(folder, dimension, collection, heap), records, dimension, heap);
    } finally {
      Bench.delete(folder);
    }
  }

  private static void merge(Path folder, int dimension, CollectionId collection) {
    try (Bench bench = new Bench(folder, dimension, 0, collection)) {
      System.out.println(bench.compactInPlace());
    }
  }

  private static Process child(Path folder, int dimension, CollectionId collection, int heap)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap + "m");
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MergeMemory.class.getName());
    command.addAll(
        List.of("child", folder.toString(), Integer.toString(dimension), collection.toString()));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static void watch(Process child, int records, int dimension, int heap)
      throws InterruptedException {
    long start = System.nanoTime();
    long peak = 0;
    while (child.isAlive()) {
      peak = Math.max(peak, anonymousBytes(child.pid()));
      Thread.sleep(20);
    }
    if (child.exitValue() != 0) {
      throw new IllegalStateException("the merge ended with " + child.exitValue());
    }
    double raw = (double) records * dimension * Float.BYTES;
    System.out.printf(
        Locale.ROOT,
        "%n| records | raw vectors, MB | heap, MB | peak anonymous, MB | times raw vectors | s |%n"
            + "|---|---|---|---|---|---|%n| %,d | %.0f | %d | %.0f | %.2f | %.1f |%n",
        records,
        raw / 1e6,
        heap,
        peak / 1e6,
        peak / raw,
        (System.nanoTime() - start) / 1e9);
  }

  private static long anonymousBytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
        }
      }
    } catch (IOException gone) {
      return 0;
    }
    return 0;
  }
}
