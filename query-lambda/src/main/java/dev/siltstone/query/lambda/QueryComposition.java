package dev.siltstone.query.lambda;

import dev.siltstone.account.aws.AwsAccount;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.BatchSize;
import dev.siltstone.api.Measured;
import dev.siltstone.api.gateway.GatewayLimits;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.cost.CarryingExecutor;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.PrimedKernel;
import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.metrics.lambda.PowertoolsMetrics;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryApi;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.query.admin.AdminApi;
import dev.siltstone.query.admin.AdminSettings;
import dev.siltstone.settings.Settings;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query function over the services of an AWS account, built once for the life of a sandbox. */
record QueryComposition(
    Catalog catalog, AccessGuard guard, QueryApi api, InvocationMetrics metrics, Clock clock) {
  private static final Logger LOG = LoggerFactory.getLogger(QueryComposition.class);

  private static final int MAX_ANSWER_BYTES = 5_500_000;
  private static final long CACHE_SHARE_PERCENT = 90;

  static QueryComposition of(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    InvocationMetrics metrics = PowertoolsMetrics.of("query", settings);
    return of(
        AwsAccount.of(settings), Path.of(environment.getOrDefault("TMPDIR", "/tmp")), metrics);
  }

  private static QueryComposition of(
      AwsAccount account, Path temporary, InvocationMetrics metrics) {
    ExecutorService fetchers = new CarryingExecutor(Executors.newVirtualThreadPerTaskExecutor());
    CollectionViews views = views(account, temporary, fetchers);
    RecordsApi records =
        new RecordsApi(
            new CollectionSettings(account.catalog(), fetchers),
            views,
            new RecordDeletion(account.commit(), views, account.notices(), account.clock()),
            new QueryTexts(account.embedding()),
            engine(account.clock()),
            new RecordsJson(MAX_ANSWER_BYTES));
    AccessGuard guard = account.guard();
    AdminApi admin =
        new AdminApi(
            account.catalog(),
            account.log(),
            account.clock(),
            account.ids(),
            guard,
            new AdminSettings(
                BatchSize.fitting(GatewayLimits.BODY_BYTES),
                MAX_ANSWER_BYTES,
                AdminSettings.Reset.REFUSED));
    return new QueryComposition(
        account.catalog(),
        guard,
        new QueryApi(records, admin, new Measured(account.clock()::nanoTime)),
        metrics,
        account.clock());
  }

  private static SearchEngine engine(Clock clock) {
    return SearchEngine.helped(
        primedKernel(clock),
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon(true).factory()),
        Runtime.getRuntime().availableProcessors() - 1);
  }

  /** Initialisation has a whole processor, so queries find the compiled kernel. */
  private static DistanceKernel primedKernel(Clock clock) {
    PrimedKernel kernel = PrimedKernel.ofThisJvm();
    kernel.prime(clock::nanoTime);
    LOG.info("distance kernel {}: {}", kernel.name(), KernelChoice.ofThisJvm().reason());
    return kernel;
  }

  private static CollectionViews views(
      AwsAccount account, Path temporary, ExecutorService fetchers) {
    ObjectStore store = account.store();
    SegmentCache segments =
        new SegmentCache(
            store,
            temporary.resolve("segments"),
            temporary.toFile().getUsableSpace() * CACHE_SHARE_PERCENT / 100,
            fetchers);
    return new CollectionViews(
        account.log(),
        account.reader(),
        new DeltaBatches(store, account.log(), fetchers),
        new SnapshotCache(store, new SnapshotStore(store, account.clock()), segments),
        fetchers,
        ReadPatience.STANDARD,
        account.clock());
  }
}
