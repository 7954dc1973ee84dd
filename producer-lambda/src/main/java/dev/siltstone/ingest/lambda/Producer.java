package dev.siltstone.ingest.lambda;

import dev.siltstone.account.aws.AwsAccount;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.Measured;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.ProducerApi;
import dev.siltstone.ingest.SharedIngestor;
import dev.siltstone.ingest.file.FileImporter;
import dev.siltstone.ingest.file.FileStore;
import dev.siltstone.ingest.file.aws.S3FileStore;
import dev.siltstone.metrics.InvocationMetrics;
import dev.siltstone.metrics.lambda.PowertoolsMetrics;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The producer, put together. */
record Producer(
    Ingestor ingestor,
    QueueWorker queue,
    @Nullable FileWorker files,
    ProducerApi api,
    AccessGuard guard,
    IngestLimits limits,
    InvocationMetrics metrics,
    Clock clock) {
  /** Builds it over AWS, once per sandbox. */
  static Producer of(Settings settings) {
    InvocationMetrics metrics = PowertoolsMetrics.of("producer", settings);
    AwsAccount account = AwsAccount.of(settings);
    Ingestor ingestor =
        new Ingestor(
            account.catalog(),
            account.log(),
            account.commit(),
            account.notices(),
            account.embedding(),
            IngestLimits.OF_EVENTS,
            account.clock(),
            metrics);
    FileWorker files =
        settings
            .find(SettingName.IMPORT_QUEUE_URL)
            .map(queue -> files(queue, account, ingestor.shared(), metrics))
            .orElse(null);
    return of(ingestor, files, account.guard(), IngestLimits.OF_EVENTS, metrics, account.clock());
  }

  private static FileWorker files(
      String queue, AwsAccount account, SharedIngestor ingestor, InvocationMetrics metrics) {
    AwsCalls calls = new AwsCalls(account.clock(), account.random());
    FileStore store =
        new S3FileStore(account.clients().s3(), account.settings().get(SettingName.BUCKET), calls);
    SqsClient sqs = account.clients().sqs();
    return new FileWorker(
        queue,
        new FileImporter(store, ingestor, account.clock(), metrics),
        message ->
            calls.repeatable(
                "sending the rest of a file",
                () -> sqs.sendMessage(b -> b.queueUrl(queue).messageBody(message))));
  }

  static Producer of(
      Ingestor ingestor,
      @Nullable FileWorker files,
      AccessGuard guard,
      IngestLimits limits,
      InvocationMetrics metrics,
      Clock clock) {
    return new Producer(
        ingestor,
        new QueueWorker(ingestor.shared(), metrics),
        files,
        new ProducerApi(ingestor, limits, new Measured(clock::nanoTime)),
        guard,
        limits,
        metrics,
        clock);
  }
}
