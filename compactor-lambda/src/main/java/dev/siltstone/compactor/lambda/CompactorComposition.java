package dev.siltstone.compactor.lambda;

import dev.siltstone.account.aws.AwsAccount;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergeCosts;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.compaction.RunMetrics;
import dev.siltstone.compaction.RunObserver;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.cost.CarryingExecutor;
import dev.siltstone.gc.CollectorSettings;
import dev.siltstone.gc.DroppedCollections;
import dev.siltstone.gc.GarbageCollector;
import dev.siltstone.gc.GarbageSweep;
import dev.siltstone.gc.GcSteps;
import dev.siltstone.gc.PointerFence;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.lease.aws.DynamoLeaseStore;
import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.metrics.lambda.PowertoolsMetrics;
import dev.siltstone.operations.command.Workplace;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The compactor over the services of an AWS account, built once for the life of a sandbox. */
record CompactorComposition(Workplace place, InvocationMetrics metrics) {
  /** On the least memory that the stack gives; taken low. */
  private static final MergeCosts COSTS = new MergeCosts(5_000, 1_000);

  private static final long SCRATCH_SHARE = 2;

  static CompactorComposition of(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    InvocationMetrics metrics = PowertoolsMetrics.of("compactor", settings);
    AwsAccount account = AwsAccount.of(settings);
    return new CompactorComposition(
        place(
            account,
            Path.of(environment.getOrDefault("TMPDIR", "/tmp")),
            environment.getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
            warmUp(account, new RunLog(new RunMetrics(metrics, metrics.atOnce())))),
        metrics);
  }

  /** As the settings say. */
  private static RunObserver warmUp(AwsAccount account, RunObserver observer) {
    return account
        .settings()
        .find(SettingName.WARM_UP_FUNCTION)
        .<RunObserver>map(
            function -> new WarmUp(account.catalog(), lambda(account), function, observer))
        .orElse(observer);
  }

  private static LambdaClient lambda(AwsAccount account) {
    URI endpoint = AwsEndpoints.endpoint(account.settings().environment(), "LAMBDA");
    return account.clients().another(LambdaClient.builder(), endpoint).build();
  }

  private static Workplace place(
      AwsAccount account, Path temporary, String owner, RunObserver observer) {
    ObjectStore store = account.store();
    ExecutorService workers = new CarryingExecutor(Executors.newVirtualThreadPerTaskExecutor());
    SegmentCache segments =
        new SegmentCache(
            store,
            temporary.resolve("segments"),
            temporary.toFile().getUsableSpace() / SCRATCH_SHARE,
            workers);
    SnapshotStore snapshots = new SnapshotStore(store, account.clock());
    CompactionSteps steps =
        new CompactionSteps(
            account.log(),
            account.reader(),
            new DeltaBatches(store, account.log(), workers),
            snapshots,
            new SnapshotCache(store, snapshots, segments),
            new SegmentUpload(store, segments, workers),
            new MergePlanner(COSTS),
            new MergeWorkers(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon(true).factory()),
                Runtime.getRuntime().availableProcessors()),
            account.ids(),
            account.clock(),
            temporary.resolve("scratch"));
    Compactor compactor =
        new Compactor(
                account.catalog(),
                new DynamoLeaseStore(account.table()),
                account.notices(),
                steps,
                CompactionSettings.DEFAULT.withRetention(RetentionPolicy.from(account.settings())),
                account.clock(),
                owner)
            .observedBy(observer);
    GarbageCollector collector = collector(account, snapshots, workers, owner);
    DroppedCollections dropped =
        new DroppedCollections(
            account.catalog(),
            store,
            account.log(),
            new DynamoLeaseStore(account.table()),
            workers);
    return new Workplace(
        account.catalog(),
        store,
        account.log(),
        new DynamoLeaseStore(account.table()),
        account.notices(),
        account.commit(),
        snapshots,
        compactor,
        collector,
        new GarbageSweep(account.catalog(), collector, dropped),
        account.clock(),
        () -> Files.createTempDirectory(Files.createDirectories(temporary), "verify"),
        null);
  }

  private static GarbageCollector collector(
      AwsAccount account, SnapshotStore snapshots, ExecutorService workers, String owner) {
    PointerFence fence =
        new PointerFence(
            snapshots,
            account.log(),
            RetentionPolicy.from(account.settings()),
            account.ids(),
            account.clock());
    return new GarbageCollector(
        account.catalog(),
        new DynamoLeaseStore(account.table()),
        account.notices(),
        new GcSteps(
            account.store(),
            account.log(),
            account.reader(),
            snapshots,
            fence,
            workers,
            account.clock()),
        CollectorSettings.from(account.settings()),
        owner);
  }
}
