package dev.siltstone.ingest;

import dev.siltstone.collection.Catalog;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.cost.Stage;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.Receipt;
import dev.siltstone.log.VectorShape;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.record.Operation;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  private final CollectionDirectory directory;
  private final HeadWatch heads;
  private final Vectors vectors;
  private final Commit commit;
  private final NoticeQueue notices;
  private final IngestLimits limits;
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
    this.directory = new CollectionDirectory(catalog);
    this.heads = new HeadWatch(log, commit, clock);
    this.vectors = new Vectors(functions, metrics);
    this.commit = commit;
    this.notices = notices;
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
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
    limits.checkSize(batch);
    CollectionId collection =
        RequestCost.during(Stage.LOG, () -> directory.find(batch.collection()));
    Head head =
        RequestCost.during(
            Stage.LOG, () -> heads.head(collection, known -> suffices(known, batch)));
    if (batch.size() == 0) {
      return Optional.empty();
    }
    Prepared prepared = RequestCost.during(Stage.EMBED, () -> prepare(batch, head));
    Receipt receipt =
        RequestCost.during(
            Stage.WRITE,
            () ->
                commit.commit(
                    collection, prepared.shape(), id -> encode(collection, id, prepared)));
    metrics.record(Metric.DELTAS_COMMITTED, 1);
    metrics.record(Metric.OPERATIONS_COMMITTED, receipt.count());
    notify(collection);
    return Optional.of(receipt);
  }

  /** What is about to be written. */
  private record Prepared(List<Operation> operations, @Nullable VectorShape shape) {}

  /** A shape that is not fixed yet may have been fixed by another writer since. */
  private static boolean suffices(Head known, WriteBatch batch) {
    return switch (batch) {
      case WriteBatch.Deletion _ -> true;
      case WriteBatch.Records records ->
          known.dimension() != 0
              && (known.embeddingFunction() != null || !Vectors.mayEmbed(records.request()));
    };
  }

  private Prepared prepare(WriteBatch batch, Head head) {
    return switch (batch) {
      case WriteBatch.Deletion deletion ->
          new Prepared(
              deletion.ids().stream().<Operation>map(Operation.Delete::new).toList(), null);
      case WriteBatch.Records records -> {
        Vectors.Completed completed = vectors.complete(records.request(), head);
        yield new Prepared(completed.request().operations(), completed.shape());
      }
    };
  }

  private EncodedDelta encode(CollectionId collection, DeltaId id, Prepared prepared) {
    VectorShape shape = prepared.shape();
    return DeltaWriter.encode(
        new Delta(
            collection,
            id,
            shape == null ? 0 : shape.dimension(),
            shape == null ? null : shape.embeddingFunction(),
            clock.now(),
            prepared.operations()));
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
