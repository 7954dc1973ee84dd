package dev.siltstone.benchmarks.latency;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.benchmarks.compaction.FarBench;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a caller waits for, path by path, as if the services were an account's: seconds, calls, the
 * rounds of them one after the other, and bytes. The JVM is warm: what a function needs to start
 * comes on top.
 *
 * <pre>
 * bin/benchmark dev.siltstone.benchmarks.latency.PathLatency [records] [dimension] [MB/s] [seed]
 *     [efConstruction]
 * </pre>
 */
public final class PathLatency {
  private static final int TAIL = 200;
  private static final int COLD_RUNS = 5;
  private static final int WARM_RUNS = 41;

  private final FarBench bench;
  private final FarServices services;
  private final SplittableRandom random = new SplittableRandom(3);
  private final Clock clock = Clock.system();

  private PathLatency(FarBench bench, FarServices services) {
    this.bench = bench;
    this.services = services;
  }

  public static void main(String[] args) throws Exception {
    int records = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int dimension = args.length > 1 ? Integer.parseInt(args[1]) : 384;
    double megabytes = args.length > 2 ? Double.parseDouble(args[2]) : 75;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
    int efConstruction =
        args.length > 4 ? Integer.parseInt(args[4]) : HnswParameters.DEFAULT.efConstruction();
    Path folder = Files.createTempDirectory("siltstone-latency-");
    System.out.printf(
        Locale.ROOT,
        "%,d records of dimension %d, %.0f MB/s, seed %d%n%n| path | runs | p50 s | worst s |"
            + " rounds | calls | MB |%n|---|---|---|---|---|---|---|%n",
        records,
        dimension,
        megabytes,
        seed);
    try (FarBench bench = new FarBench(folder, dimension)) {
      bench.seed(records, efConstruction);
      PathLatency paths = new PathLatency(bench, new FarServices(seed, megabytes * 1e6));
      paths.run();
    }
  }

  private void run() throws Exception {
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      try (Function function = new Function()) {
        function.query("strong");
      }
    }
    services.used();
    cold("cold strong query, no tail");
    try (Function function = new Function()) {
      function.query("strong");
      measure("warm strong query", WARM_RUNS, () -> function.query("strong"));
      measure("warm eventual query", WARM_RUNS, () -> function.query("eventual"));
      bench.write(TAIL);
      measure("first query that sees " + TAIL + " new deltas", 1, () -> function.query("strong"));
      measure("the next strong query", WARM_RUNS, () -> function.query("strong"));
      measure("acknowledged write of one record", WARM_RUNS, function::write);
    }
    cold("cold strong query, " + (TAIL + WARM_RUNS) + " deltas behind the snapshot");
    ObjectStore store = services.far(ObjectStore.class, bench.objects());
    measure(
        "publish of " + (TAIL + WARM_RUNS) + " deltas", 1, () -> bench.compact(store, distance()));
  }

  private FarBench.Distance distance() {
    return new FarBench.Distance() {
      @Override
      public <T> T far(Class<T> seam, T service) {
        return services.far(seam, service);
      }
    };
  }

  private void cold(String path) throws Exception {
    Function[] function = {new Function()};
    measure(
        path,
        COLD_RUNS,
        () -> function[0].query("strong"),
        () -> {
          function[0].close();
          function[0] = new Function();
        });
    function[0].close();
  }

  /** Something that is measured. */
  private interface Step {
    void run() throws Exception;
  }

  private void measure(String path, int runs, Step step) throws Exception {
    measure(path, runs, step, () -> {});
  }

  /** What is done after each step is neither timed nor counted. */
  private void measure(String path, int runs, Step step, Step after) throws Exception {
    double[] seconds = new double[runs];
    services.used();
    FarServices.Used used = null;
    int rounds = 0;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      step.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
      used = services.used();
      rounds = Math.max(rounds, used.rounds());
      after.run();
      services.used();
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.3f | %.3f | %d | %d | %.2f |%n",
        path,
        runs,
        seconds[runs / 2],
        seconds[runs - 1],
        rounds,
        used == null ? 0 : used.calls(),
        used == null ? 0 : used.bytes() / 1e6);
  }

  /** A query function with an empty disk. */
  private final class Function implements AutoCloseable {
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Path disk = bench.emptyFolder();
    private final ObjectStore store = services.far(ObjectStore.class, bench.objects());
    private final DeltaLog log = services.far(DeltaLog.class, bench.deltaLog());
    private final NoticeQueue notices = services.far(NoticeQueue.class, bench.notices());
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, random);
    private final Commit commit = new Commit(log, store, ids, clock, random);
    private final CollectionViews views =
        new CollectionViews(
            log,
            new LogReader(log, clock, random, LogReader.DEFAULT_GRACE),
            new DeltaBatches(store, log, workers),
            new SnapshotCache(
                store,
                new SnapshotStore(store, clock),
                new SegmentCache(store, disk, 8L << 30, workers)),
            workers,
            ReadPatience.STANDARD,
            clock);
    private final RecordsApi api =
        new RecordsApi(
            new CollectionSettings(services.far(Catalog.class, bench.catalog()), workers),
            views,
            new RecordDeletion(commit, views, notices, clock),
            new QueryTexts(EmbeddingFunctions.NONE),
            SearchEngine.alone(KernelChoice.ofThisJvm().kernel()),
            new RecordsJson(Integer.MAX_VALUE));

    /** A refused query comes back when it was told to. */
    void query(String consistency) {
      while (true) {
        try {
          queryOnce(consistency);
          return;
        } catch (UnavailableException e) {
          System.out.println("refused: " + e.getMessage());
          clock.sleep(e.retryAfter());
        }
      }
    }

    private void queryOnce(String consistency) {
      ApiResponse answer =
          api.handle(
              new RouteMatch(
                  Route.QUERY,
                  Map.of(
                      "tenant", "default_tenant",
                      "database", "default_database",
                      "collection", bench.collectionId().toString())),
              new ApiRequest(
                  "POST",
                  "/",
                  Map.of(),
                  Map.of("x-siltstone-consistency", consistency, "x-siltstone-max-age", "600"),
                  body()));
      if (answer.status() != 200) {
        throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
      }
    }

    void write() {
      bench.write(commit, notices);
    }

    private byte[] body() {
      return "{\"query_embeddings\":[%s],\"n_results\":10}"
          .formatted(Arrays.toString(bench.vector()))
          .getBytes(StandardCharsets.UTF_8);
    }

    /** Waits for what is still being fetched. */
    @Override
    public void close() {
      workers.close();
      views.close();
      bench.delete(disk);
    }
  }
}
