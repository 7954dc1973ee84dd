package dev.siltstone.ingest;

import dev.siltstone.collection.Catalog;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.cost.Stage;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.ingest.Preparation.Prepared;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.Receipt;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes writes in. The order of steps is the point: everything is checked, and vectors are made,
 * before the first byte is written; the write stands once {@link Commit} returns; the notice that
 * follows is only a hint, and losing it loses nothing but a moment.
 *
 * <p>May be called by many threads.
 */
public final class Ingestor {
  private static final Logger log = LoggerFactory.getLogger(Ingestor.class);

  private final Preparation preparation;
  private final Commit commit;
  private final NoticeQueue notices;
  private final Clock clock;
  private final Metrics metrics;

  public Ingestor(
      Catalog catalog,
      DeltaLog log,
      Commit commit,
      NoticeQueue notices,
      EmbeddingFunctions functions,
      IngestLimits limits,
      Clock clock,
      Metrics metrics) {
    this.preparation = new Preparation(catalog, log, commit, functions, limits, clock, metrics);
    this.commit = commit;
    this.notices = notices;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** The way in for writes that may arrive again, beside this one. */
  public SharedIngestor shared() {
    return new SharedIngestor(preparation, commit, this::committed, clock, metrics);
  }

  /**
   * Writes a batch as one delta. When this returns, every strong read that begins later sees it.
   *
   * @return where it stands, or empty if the batch is: then nothing was written
   * @throws dev.siltstone.failure.NotFoundException if the collection does not exist
   * @throws dev.siltstone.failure.InvalidRequestException if the batch does not fit it
   * @throws dev.siltstone.failure.BackPressureException if too much is unfolded there
   * @throws UnavailableException if the write is certainly not committed
   * @throws OutcomeUnknownException if it may or may not be committed
   */
  public Optional<Receipt> ingest(WriteBatch batch) {
    CollectionId collection = preparation.find(batch);
    Head head = preparation.head(collection, batch);
    if (batch.size() == 0) {
      return Optional.empty();
    }
    Prepared prepared = preparation.prepare(batch, head);
    Receipt receipt =
        RequestCost.during(
            Stage.WRITE,
            () ->
                commit.commit(
                    collection,
                    prepared.shape(),
                    id -> preparation.encode(collection, id, prepared)));
    committed(collection, receipt);
    return Optional.of(receipt);
  }

  private void committed(CollectionId collection, Receipt receipt) {
    metrics.record(Metric.DELTAS_COMMITTED, 1);
    metrics.record(Metric.OPERATIONS_COMMITTED, receipt.count());
    notify(collection);
  }

  private void notify(CollectionId collection) {
    try {
      notices.send(new Notice(collection), Duration.ZERO);
    } catch (UnavailableException | OutcomeUnknownException e) {
      metrics.record(Metric.NOTICES_LOST, 1);
      log.warn(
          "no notice for collection {}, the sweep will find its work: {}",
          collection,
          e.toString());
    }
  }
}
