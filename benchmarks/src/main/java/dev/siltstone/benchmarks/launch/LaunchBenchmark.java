package dev.siltstone.benchmarks.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.benchmarks.index.ClusteredVectors;
import dev.siltstone.collection.Space;
import dev.siltstone.hnsw.GraphFileWriter;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Launches {@link FirstAnswer} in turn with an ahead-of-time cache and without, on indexes of
 * several sizes, and prints medians as a Markdown table.
 */
@Command(name = "LaunchBenchmark", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class LaunchBenchmark implements Callable<Integer> {
  private static final List<String> JVM =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  @Option(names = "--rows", split = ",", description = "Sizes of indexes.")
  private List<Integer> rows = List.of(100_000, 300_000);

  @Option(names = "--dim", description = "Values a vector.")
  private int dimension = 384;

  @Option(names = "--rounds", description = "Launches of each kind.")
  private int rounds = 10;

  @Option(names = "--threads", description = "Builders of the indexes.")
  private int threads = 2;

  @Option(names = "--folder", required = true, description = "An empty or new folder to work in.")
  private Path folder = Path.of("");

  /** Prints its options with {@code --help}. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LaunchBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String classPath = JarPath.in(folder);
    List<Path> graphs = new ArrayList<>();
    for (int size : rows) {
      graphs.add(build(size));
    }
    Path cache = folder.resolve("launch.aot");
    launch(classPath, List.of("-XX:AOTCacheOutput=" + cache), graphs.getFirst());
    if (!Files.exists(cache)) {
      throw new IOException("no cache was made: see -XX:AOTCacheOutput");
    }
    System.out.println("| rows | cache | launch to first answer, ms | of it opening, ms |");
    System.out.println("|---|---|---|---|");
    for (int i = 0; i < graphs.size(); i++) {
      measure(classPath, rows.get(i), graphs.get(i), List.of("-XX:AOTCache=" + cache), "yes");
      measure(classPath, rows.get(i), graphs.get(i), List.of(), "no");
    }
    return 0;
  }

  private Path build(int size) throws IOException {
    Path file = folder.resolve("graph-" + size + ".hnsw");
    if (!Files.exists(file)) {
      GraphParameters parameters = new GraphParameters(16, 200, threads, 42);
      try (GraphFileWriter writer =
          GraphFileWriter.create(file, Space.COSINE, dimension, parameters)) {
        for (float[] vector : new ClusteredVectors(dimension, 42).draw(0, size)) {
          writer.append(Embedding.owning(vector));
        }
        writer.finish();
      }
    }
    return file;
  }

  private void measure(String classPath, int size, Path graph, List<String> options, String cached)
      throws IOException, InterruptedException {
    double[] launched = new double[rounds];
    double[] opened = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      opened[round] = launch(classPath, options, graph);
      launched[round] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(launched);
    Arrays.sort(opened);
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %.0f | %.1f |%n",
        size,
        cached,
        launched[rounds / 2],
        opened[rounds / 2]);
  }

  /** Until the process has ended; the milliseconds that opening took. */
  private static double launch(String classPath, List<String> options, Path graph)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, FirstAnswer.class.getName(), graph.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    return output
        .lines()
        .filter(line -> line.startsWith("opened\t"))
        .mapToDouble(line -> Double.parseDouble(line.split("\t", -1)[1]))
        .findFirst()
        .orElseThrow(() -> new IOException("ended with %d: %s".formatted(code, output)));
  }
}
