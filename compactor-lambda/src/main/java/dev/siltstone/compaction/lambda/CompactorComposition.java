package dev.siltstone.compaction.lambda;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.lease.aws.DynamoLeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.notice.aws.SqsNoticeQueue;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** The compactor over the services of an AWS account, built once for the life of a sandbox. */
record CompactorComposition(Compactor compactor, DeltaLog log, Clock clock) {
  /** Rows a merge writes in a second, on the least memory that the stack gives; taken low. */
  private static final int MERGED_ROWS_PER_SECOND = 5_000;

  private static final long SCRATCH_SHARE = 2;

  static CompactorComposition of(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    return of(
        settings,
        AwsClients.of(AwsEndpoints.from(environment)),
        Path.of(environment.getOrDefault("TMPDIR", "/tmp")),
        environment.getOrDefault("AWS_LAMBDA_LOG_STREAM_NAME", "local"));
  }

  private static CompactorComposition of(
      Settings settings, AwsClients clients, Path temporary, String owner) {
    Clock clock = Clock.system();
    RandomGenerator random = new SecureRandom();
    AwsCalls calls = new AwsCalls(clock, random);
    AwsTable table = new AwsTable(clients.dynamoDb(), settings.get(SettingName.TABLE), calls);
    ObjectStore store = new S3ObjectStore(clients.s3(), settings.get(SettingName.BUCKET), calls);
    DeltaLog log = new DynamoDeltaLog(table);
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    SegmentCache segments =
        new SegmentCache(
            store,
            temporary.resolve("segments"),
            temporary.toFile().getUsableSpace() / SCRATCH_SHARE,
            workers);
    SnapshotStore snapshots = new SnapshotStore(store, clock);
    CompactionSteps steps =
        new CompactionSteps(
            log,
            new LogReader(log, clock, random, LogReader.DEFAULT_GRACE),
            new DeltaBatches(store, log, workers),
            snapshots,
            new SnapshotCache(store, snapshots, segments),
            new SegmentUpload(store, segments, workers),
            new MergePlanner(MERGED_ROWS_PER_SECOND),
            new TimeOrderedIds(clock, random),
            clock,
            temporary.resolve("scratch"));
    Compactor compactor =
        new Compactor(
            new DynamoCatalog(table),
            new DynamoLeaseStore(table),
            new SqsNoticeQueue(clients.sqs(), settings.get(SettingName.QUEUE_URL), calls),
            steps,
            CompactionSettings.DEFAULT.withRetention(RetentionPolicy.from(settings)),
            clock,
            owner);
    return new CompactorComposition(compactor, log, clock);
  }
}
