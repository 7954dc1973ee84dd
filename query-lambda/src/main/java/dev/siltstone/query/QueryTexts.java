package dev.siltstone.query;

import dev.siltstone.api.json.QueryRequest;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.log.Head;
import dev.siltstone.record.Embedding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Turns a query's texts into vectors, by the function that made the collection's. */
public final class QueryTexts {
  private final Optional<EmbeddingFunction> function;

  /**
   * The texts' way to vectors.
   *
   * @param function this deployment's, if it has one
   */
  public QueryTexts(Optional<EmbeddingFunction> function) {
    this.function = function;
  }

  /**
   * One embedding per query.
   *
   * @throws InvalidRequestException if the collection's vectors were made by another function, or by
     *     none that this deployment knows
   */
  List<Embedding> embeddings(QueryRequest query, Head head) {
    if (query.embeddings() != null) {
      return query.embeddings();
    }
    List<String> texts = Objects.requireNonNull(query.texts());
    EmbeddingFunction own =
        function.orElseThrow(
            () ->
                new InvalidRequestException(
                    "This deployment has no embedding function: send query_embeddings"));
    String recorded = head.embeddingFunction();
    if (recorded != null && !recorded.equals(own.name())) {
      throw new InvalidRequestException(
          "The collection's embeddings were made by '%s', this deployment embeds with '%s': send query_embeddings"
              .formatted(recorded, own.name()));
    }
    return own.embed(texts);
  }
}
