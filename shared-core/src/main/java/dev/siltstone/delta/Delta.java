package dev.siltstone.delta;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch of operations on one collection, applied in order.
 *
 * @param dimension of every embedding in it, 0 if it carries none
 * @param embeddingFunction the function by which Siltstone made its embeddings, or null when the
 *     client brought them
 * @param createdAt for people; nothing depends on it
 */
public record Delta(
    CollectionId collection,
    DeltaId id,
    int dimension,
    @Nullable String embeddingFunction,
    Instant createdAt,
    List<Operation> operations) {
  public Delta {
    operations = List.copyOf(operations);
    for (Operation operation : operations) {
      var embedding = operation.embedding();
      if (embedding != null && embedding.dimension() != dimension) {
        throw new IllegalArgumentException(
            "delta of dimension %d has an embedding of %d"
                .formatted(dimension, embedding.dimension()));
      }
    }
  }
}
