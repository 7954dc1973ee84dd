package dev.siltstone.benchmarks.pipeline;

import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.query.admin.AdminSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Prints how fast the pipeline acknowledges, folds and reads, without HTTP.
 *
 * <pre>
 * ./mvnw -q -DskipTests -pl benchmarks -am package
 * bin/benchmark dev.siltstone.benchmarks.pipeline.PipelineFigures [vectors] [dimension] [seed]
 * </pre>
 */
public final class PipelineFigures {
  private static final int BATCH = 1_000;
  private static final int SINGLE_WRITES = 500;
  private static final int READS = 500;
  private static final int TAIL_DELTAS = 200;

  private PipelineFigures() {}

  public static void main(String[] args) throws IOException {
    int vectors = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    int dimension = args.length > 1 ? Integer.parseInt(args[1]) : 384;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 42;
    Path folder = Files.createTempDirectory("siltstone-figures-");
    System.out.printf("%d vectors of dimension %d, seed %d%n", vectors, dimension, seed);
    try (LocalNode node =
        LocalNode.open(
            new NodeSettings(
                folder,
                new NoEmbedding(),
                NodeSettings.Compaction.ON_DEMAND,
                AdminSettings.Reset.REFUSED))) {
      run(new NodeClient(node, dimension, seed), vectors);
    } finally {
      delete(folder);
    }
  }

  private static void run(NodeClient client, int vectors) {
    client.createCollection();
    client.write(BATCH);
    client.compact();

    long start = System.nanoTime();
    for (int written = 0; written < vectors; written += BATCH) {
      client.write(BATCH);
    }
    print("ingest, acknowledged vectors/s", vectors / seconds(start));
    start = System.nanoTime();
    client.compact();
    print("fold and merge, vectors/s", vectors / seconds(start));

    Timings.of(READS, client::query).print("strong query, tail empty");
    Timings.of(READS, client::getById).print("strong get by id, tail empty");
    Timings.of(SINGLE_WRITES, () -> client.write(1)).print("single add");
    client.compact();
    for (int i = 0; i < TAIL_DELTAS; i++) {
      client.write(1);
    }
    start = System.nanoTime();
    client.query();
    print("first strong query that sees a tail of 200 deltas, ms", seconds(start) * 1_000);
    Timings.of(READS, client::query).print("strong query, tail of 200 deltas");
    Timings.of(
            READS,
            () -> {
              client.write(1);
              client.query();
            })
        .print("single add, then strong query");
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void print(String what, double value) {
    System.out.printf("%-56s %,12.1f%n", what, value);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
