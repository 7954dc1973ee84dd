package dev.siltstone.query;

import dev.siltstone.api.json.QueryRequest;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.log.Head;
import dev.siltstone.record.Embedding;
import java.util.List;
import java.util.Objects;

/** Turns a query's texts into vectors, by the function that made the collection's. */
public final class QueryTexts {
  private final EmbeddingFunctions functions;

  /**
   * The texts' way to vectors.
   *
   * @param functions this deployment's
   */
  public QueryTexts(EmbeddingFunctions functions) {
    this.functions = functions;
  }

  /**
   * One embedding per query.
   *
   * @throws InvalidRequestException if the collection's vectors were made by a function that this
   *     deployment does not have
   */
  List<Embedding> embeddings(QueryRequest query, Head head) {
    List<Embedding> given = query.embeddings();
    if (given != null) {
      return given;
    }
    return functions
        .forCollection(head.embeddingFunction(), head.dimension())
        .embedQueries(Objects.requireNonNull(query.texts()));
  }
}
