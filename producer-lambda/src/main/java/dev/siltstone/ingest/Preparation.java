package dev.siltstone.ingest;

import dev.siltstone.collection.Catalog;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.cost.Stage;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.VectorShape;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.record.Operation;
import dev.siltstone.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes before anything is written: collection, checks, vectors. */
final class Preparation {
  private final CollectionDirectory directory;
  private final HeadWatch heads;
  private final Vectors vectors;
  private final IngestLimits limits;
  private final Clock clock;

  Preparation(
      Catalog catalog,
      DeltaLog log,
      Commit commit,
      EmbeddingFunctions functions,
      IngestLimits limits,
      Clock clock,
      Metrics metrics) {
    this.directory = new CollectionDirectory(catalog);
    this.heads = new HeadWatch(log, commit, clock);
    this.vectors = new Vectors(functions, metrics);
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What is about to be written.
   *
   * @param shape of its vectors, or null if it carries none
   */
  record Prepared(List<Operation> operations, @Nullable VectorShape shape) {
    Prepared {
      operations = List.copyOf(operations);
    }
  }

  IngestLimits limits() {
    return limits;
  }

  /** The collection of a batch that is not too large. */
  CollectionId find(WriteBatch batch) {
    limits.checkSize(batch);
    return find(batch.collection());
  }

  /** The collection that a writer means. */
  CollectionId find(CollectionRef collection) {
    return RequestCost.during(Stage.LOG, () -> directory.find(collection));
  }

  /**
   * The head that a batch is checked against. A shape that is not fixed yet may have been fixed by
   * another writer since.
   */
  Head head(CollectionId collection, WriteBatch batch) {
    return RequestCost.during(
        Stage.LOG, () -> heads.head(collection, known -> suffices(known, batch)));
  }

  private static boolean suffices(Head known, WriteBatch batch) {
    return switch (batch) {
      case WriteBatch.Deletion _ -> true;
      case WriteBatch.Several several ->
          several.batches().stream().allMatch(each -> suffices(known, each));
      case WriteBatch.Records records ->
          known.dimension() != 0
              && (known.embeddingFunction() != null || !Vectors.mayEmbed(records.request()));
    };
  }

  /** Checks a batch against the head and gives it vectors where it has none. */
  Prepared prepare(WriteBatch batch, Head head) {
    return RequestCost.during(Stage.EMBED, () -> prepared(batch, head));
  }

  private Prepared prepared(WriteBatch batch, Head head) {
    return switch (batch) {
      case WriteBatch.Deletion deletion ->
          new Prepared(
              deletion.ids().stream().<Operation>map(Operation.Delete::new).toList(), null);
      case WriteBatch.Records records -> {
        Vectors.Completed completed = vectors.complete(records.request(), head);
        yield new Prepared(completed.request().operations(), completed.shape());
      }
      case WriteBatch.Several several -> {
        List<Operation> operations = new ArrayList<>();
        VectorShape shape = null;
        for (WriteBatch each : several.batches()) {
          Prepared next = prepared(each, Shapes.asIfFixed(head, shape));
          operations.addAll(next.operations());
          shape = Shapes.common(shape, next.shape());
        }
        yield new Prepared(operations, shape);
      }
    };
  }

  EncodedDelta encode(CollectionId collection, DeltaId id, Prepared prepared) {
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
}
