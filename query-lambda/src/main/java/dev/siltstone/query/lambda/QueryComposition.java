package dev.siltstone.query.lambda;

import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.cache.SegmentCache;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.embedding.aws.ConfiguredEmbedding;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.notice.aws.SqsNoticeQueue;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryApi;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.admin.AdminApi;
import dev.siltstone.query.admin.AdminSettings;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import dev.siltstone.view.CollectionViews;
import dev.siltstone.view.ReadPatience;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query function over the services of an AWS account, built once for the life of a sandbox. */
record QueryComposition(Catalog catalog, QueryApi api) {
  private static final Logger LOG = LoggerFactory.getLogger(QueryComposition.class);

  /**
   * Records that surely fit into a request of 6 MB: of the widest embeddings that are common (3,072
   * values, 16 kB as base64) with room for documents.
   */
  private static final int MAX_BATCH_SIZE = 250;

  private static final int MAX_ANSWER_BYTES = 5_500_000;
  private static final long CACHE_SHARE_PERCENT = 90;

  static QueryComposition of(Map<String, String> environment) {
    Settings settings = new Settings(environment);
    return of(
        settings,
        AwsClients.of(AwsEndpoints.from(environment)),
        Path.of(environment.getOrDefault("TMPDIR", "/tmp")));
  }

  private static QueryComposition of(Settings settings, AwsClients clients, Path temporary) {
    Clock clock = Clock.system();
    RandomGenerator random = new SecureRandom();
    AwsCalls calls = new AwsCalls(clock, random);
    AwsTable table = new AwsTable(clients.dynamoDb(), settings.get(SettingName.TABLE), calls);
    ObjectStore store = new S3ObjectStore(clients.s3(), settings.get(SettingName.BUCKET), calls);
    DeltaLog log = new DynamoDeltaLog(table);
    Catalog catalog = new DynamoCatalog(table);
    TimeOrderedIds ids = new TimeOrderedIds(clock, random);
    CollectionViews views = views(store, log, clock, random, temporary);
    KernelChoice kernel = KernelChoice.ofThisJvm();
    LOG.info("distance kernel {}: {}", kernel.kernel().name(), kernel.reason());
    RecordsApi records =
        new RecordsApi(
            new CollectionSettings(catalog),
            views,
            new RecordDeletion(
                new Commit(log, store, ids, clock, random),
                views,
                new SqsNoticeQueue(clients.sqs(), settings.get(SettingName.QUEUE_URL), calls),
                clock),
            new QueryTexts(ConfiguredEmbedding.of(settings, clients::bedrock, clock, random)),
            kernel.kernel(),
            new RecordsJson(MAX_ANSWER_BYTES));
    AdminApi admin =
        new AdminApi(
            catalog,
            log,
            clock,
            ids,
            new AdminSettings(MAX_BATCH_SIZE, MAX_ANSWER_BYTES, AdminSettings.Reset.REFUSED));
    return new QueryComposition(catalog, new QueryApi(records, admin));
  }

  private static CollectionViews views(
      ObjectStore store, DeltaLog log, Clock clock, RandomGenerator random, Path temporary) {
    ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();
    SegmentCache segments =
        new SegmentCache(
            store,
            temporary.resolve("segments"),
            temporary.toFile().getUsableSpace() * CACHE_SHARE_PERCENT / 100,
            fetchers);
    return new CollectionViews(
        log,
        new LogReader(log, clock, random, LogReader.DEFAULT_GRACE),
        new DeltaBatches(store, log, fetchers),
        new SnapshotCache(store, new SnapshotStore(store, clock), segments),
        fetchers,
        ReadPatience.STANDARD,
        clock);
  }
}
