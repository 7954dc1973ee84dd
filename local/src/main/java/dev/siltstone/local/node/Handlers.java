package dev.siltstone.local.node;

import dev.siltstone.access.KnownTokens;
import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.BatchSize;
import dev.siltstone.api.Measured;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.ProducerApi;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.query.admin.AdminApi;
import dev.siltstone.query.admin.AdminSettings;
import dev.siltstone.time.Clock;
import dev.siltstone.view.CollectionViews;
import java.util.List;

/** What the two functions that answer requests put together in the cloud, put together here. */
final class Handlers {
  private Handlers() {}

  static AccessGuard guard(EmbeddedStorage storage, NodeSettings settings, Clock clock) {
    return switch (settings.access()) {
      case OPEN -> AccessGuard.open();
      case BY_TOKEN -> AccessGuard.requiring(new KnownTokens(storage.tokens(), clock));
    };
  }

  static ProducerApi producer(
      EmbeddedStorage storage, Machinery machinery, NodeSettings settings, Clock clock) {
    Ingestor ingestor =
        new Ingestor(
            storage.catalog(),
            storage.log(),
            machinery.commit(),
            storage.notices(),
            functions(settings),
            IngestLimits.DEFAULT,
            clock,
            Metrics.NONE);
    return new ProducerApi(ingestor, IngestLimits.DEFAULT, new Measured(clock::nanoTime));
  }

  static AdminApi admin(
      EmbeddedStorage storage,
      Machinery machinery,
      AccessGuard guard,
      NodeSettings settings,
      Clock clock) {
    return new AdminApi(
        storage.catalog(),
        storage.log(),
        clock,
        machinery.ids(),
        guard,
        new AdminSettings(BatchSize.OF_CHROMA, largestAnswer(), settings.reset()));
  }

  static RecordsApi records(
      EmbeddedStorage storage,
      Machinery machinery,
      CollectionViews views,
      SearchEngine engine,
      NodeSettings settings,
      Clock clock) {
    return new RecordsApi(
        new CollectionSettings(storage.catalog(), Runnable::run),
        views,
        new RecordDeletion(machinery.commit(), views, storage.notices(), clock),
        new QueryTexts(functions(settings)),
        engine,
        new RecordsJson(largestAnswer()));
  }

  private static EmbeddingFunctions functions(NodeSettings settings) {
    return new EmbeddingFunctions(List.of(settings.embedding()));
  }

  /** Answers are built in memory: while one is made it takes three times as much. */
  private static int largestAnswer() {
    return (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 8);
  }
}
