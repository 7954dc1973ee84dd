package dev.siltstone.ingest.lambda;

import dev.siltstone.account.aws.AwsAccount;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.Measured;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.ProducerApi;
import dev.siltstone.metrics.EmbeddedMetricFormat;
import dev.siltstone.settings.Settings;
import dev.siltstone.time.Clock;

/** The producer, put together. */
record Producer(
    Ingestor ingestor,
    QueueWorker queue,
    ProducerApi api,
    AccessGuard guard,
    IngestLimits limits,
    EmbeddedMetricFormat metrics,
    Clock clock) {
  /** Builds it over AWS, once per sandbox. */
  static Producer of(Settings settings) {
    AwsAccount account = AwsAccount.of(settings);
    EmbeddedMetricFormat metrics =
        new EmbeddedMetricFormat("producer", account.clock(), System.out::println);
    return of(
        new Ingestor(
            account.catalog(),
            account.log(),
            account.commit(),
            account.notices(),
            account.embedding(),
            IngestLimits.OF_EVENTS,
            account.clock(),
            metrics),
        account.guard(),
        IngestLimits.OF_EVENTS,
        metrics,
        account.clock());
  }

  static Producer of(
      Ingestor ingestor,
      AccessGuard guard,
      IngestLimits limits,
      EmbeddedMetricFormat metrics,
      Clock clock) {
    return new Producer(
        ingestor,
        new QueueWorker(ingestor.shared(), metrics),
        new ProducerApi(ingestor, limits, new Measured(clock::nanoTime)),
        guard,
        limits,
        metrics,
        clock);
  }
}
