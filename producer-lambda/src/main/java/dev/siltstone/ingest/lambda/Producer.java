package dev.siltstone.ingest.lambda;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.embedding.aws.ConfiguredEmbedding;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.ProducerApi;
import dev.siltstone.log.Commit;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.metrics.EmbeddedMetricFormat;
import dev.siltstone.notice.aws.SqsNoticeQueue;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** The producer, put together. */
record Producer(Ingestor ingestor, ProducerApi api, IngestLimits limits) {
  /** Builds it over AWS, once per sandbox. */
  static Producer of(Settings settings) {
    Clock clock = Clock.system();
    RandomGenerator random = new SecureRandom();
    AwsClients clients = AwsClients.of(AwsEndpoints.from(settings.environment()));
    AwsCalls calls = new AwsCalls(clock, random);
    AwsTable table = new AwsTable(clients.dynamoDb(), settings.get(SettingName.TABLE), calls);
    var store = new S3ObjectStore(clients.s3(), settings.get(SettingName.BUCKET), calls);
    var queue = new SqsNoticeQueue(clients.sqs(), settings.get(SettingName.QUEUE_URL), calls);
    var log = new DynamoDeltaLog(table);
    return of(
        new Ingestor(
            new DynamoCatalog(table),
            log,
            new Commit(log, store, new TimeOrderedIds(clock, random), clock, random),
            queue,
            ConfiguredEmbedding.of(settings, clients::bedrock, clock, random),
            IngestLimits.DEFAULT,
            clock,
            new EmbeddedMetricFormat("producer", clock, System.out::println)),
        IngestLimits.DEFAULT);
  }

  static Producer of(Ingestor ingestor, IngestLimits limits) {
    return new Producer(ingestor, new ProducerApi(ingestor, limits), limits);
  }
}
