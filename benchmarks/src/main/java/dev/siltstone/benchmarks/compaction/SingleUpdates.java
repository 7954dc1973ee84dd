package dev.siltstone.benchmarks.compaction;

import dev.siltstone.local.cost.PriceList;
import dev.siltstone.record.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * 10,000 updates of single records, a delta each, by 16 writers, over the embedded family: from the
 * first write until all of them are in a published snapshot, folded by a compactor that runs
 * meanwhile. Then the calls and the dollars that the same would be in an AWS account. The system
 * that this pattern comes from took about seven hours.
 *
 * <pre>
 * bin/benchmark dev.siltstone.benchmarks.compaction.SingleUpdates [updates] [writers] [dimension]
 * </pre>
 */
public final class SingleUpdates {
  private static final int RECORDS = 10_000;
  private static final PriceList PRICES = PriceList.standard();

  /** Of a producer and a compactor function; a write takes a producer some 30 ms of AWS calls. */
  private static final double GIGABYTES = 1.769;

  private static final double WRITE_SECONDS = 0.03;

  private SingleUpdates() {}

  public static void main(String[] args) throws Exception {
    int updates = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int writers = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    int dimension = args.length > 2 ? Integer.parseInt(args[2]) : 384;
    Path folder = Files.createTempDirectory("siltstone-updates-");
    try (Bench bench = new Bench(folder, dimension, 0, null)) {
      new Seeding(bench, new Workload(dimension, 1, 0)).publish(List.of(RECORDS));
      measure(bench, updates, writers);
    } finally {
      Bench.delete(folder);
    }
  }

  private static void measure(Bench bench, int updates, int writers) throws Exception {
    List<Operation> operations =
        new ArrayList<>(new Workload(bench.dimension, 2, 0).fresh(updates));
    Traffic before = bench.traffic();
    long start = System.nanoTime();
    double acknowledged;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> writes = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        List<Operation> own =
            operations.subList(updates * writer / writers, updates * (writer + 1) / writers);
        writes.add(threads.submit(() -> own.forEach(one -> bench.write(List.of(one)))));
      }
      while (writes.stream().anyMatch(write -> !write.isDone())) {
        bench.compact(bench.folder.resolve("cache"));
      }
      awaitAll(writes);
      acknowledged = (System.nanoTime() - start) / 1e9;
    }
    while (folded(bench) < updates + 1) {
      bench.compact(bench.folder.resolve("cache"));
    }
    print(
        bench,
        updates,
        writers,
        acknowledged,
        (System.nanoTime() - start) / 1e9,
        bench.traffic().minus(before));
  }

  private static long folded(Bench bench) {
    return bench.snapshots.current(bench.collection).orElseThrow().manifest().folded().value();
  }

  private static void awaitAll(List<Future<?>> writes) throws IOException, InterruptedException {
    for (Future<?> write : writes) {
      try {
        write.get();
      } catch (ExecutionException e) {
        throw new IOException("a write failed", e.getCause());
      }
    }
  }

  private static void print(
      Bench bench, int updates, int writers, double acknowledged, double visible, Traffic used) {
    long publishes =
        bench.snapshots.current(bench.collection).orElseThrow().manifest().generation().value() - 1;
    double storage =
        updates * PRICES.of("s3.put")
            + used.puts() * PRICES.of("s3.put")
            + used.gets() * PRICES.of("s3.get");
    // a write reserves and places; what the compactor does is in the count of service calls
    double table =
        2.0 * updates * PRICES.of("dynamodb.write")
            + Math.max(0, used.services() - 2L * updates) * PRICES.of("dynamodb.write");
    double queue = 3.0 * updates * PRICES.of("sqs.request");
    double functions =
        updates
                * (PRICES.of("lambda.request")
                    + WRITE_SECONDS * GIGABYTES * PRICES.of("lambda.gb_second"))
            + visible * GIGABYTES * PRICES.of("lambda.gb_second");
    System.out.printf(
        Locale.ROOT,
        "%,d updates of %,d records by %d writers, dimension %d%n%n"
            + "| all acknowledged, s | all in a snapshot, s | publishes |%n|---|---|---|%n"
            + "| %.1f | %.1f | %d |%n%n",
        updates,
        RECORDS,
        writers,
        bench.dimension,
        acknowledged,
        visible,
        publishes);
    System.out.printf(
        Locale.ROOT,
        "In an AWS account (prices of ./siltstone cost):%n%n| service | calls | dollars"
            + " |%n|---|---|---|%n| S3 | %,d PUTs, %,d GETs | %.3f |%n| DynamoDB | %,d | %.3f |%n|"
            + " SQS | %,d | %.3f |%n| Lambda | %,d invocations of %.0f ms for writes, %.0f s of"
            + " compaction, %.1f GB | %.3f |%n| together | | %.3f |%n",
        updates + used.puts(),
        used.gets(),
        storage,
        used.services(),
        table,
        3L * updates,
        queue,
        updates,
        WRITE_SECONDS * 1_000,
        visible,
        GIGABYTES,
        functions,
        storage + table + queue + functions);
  }
}
