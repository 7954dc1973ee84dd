package dev.siltstone.ingest;

import dev.siltstone.api.json.WriteKind;
import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.log.Head;
import dev.siltstone.log.VectorShape;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.record.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives records their vectors. Whoever sends embeddings keeps them. Records to be inserted without
 * one get it from their document. An update that changes a document without sending embeddings gets
 * a new vector only where Siltstone made the old one; where clients bring theirs, it stays, as in
 * Chroma.
 */
final class Vectors {
  private final EmbeddingFunctions functions;
  private final Metrics metrics;

  Vectors(EmbeddingFunctions functions, Metrics metrics) {
    this.functions = functions;
    this.metrics = metrics;
  }

  /**
   * A request whose vectors are complete.
   *
   * @param shape of its vectors, or null if it carries none
   */
  record Completed(WriteRequest request, @Nullable VectorShape shape) {}

  /** Whether the answer may depend on the function that the collection has recorded. */
  static boolean mayEmbed(WriteRequest request) {
    return request.lacksEmbeddings() || changesDocumentsOnly(request);
  }

  private static boolean changesDocumentsOnly(WriteRequest request) {
    return request.kind() == WriteKind.UPDATE
        && request.embeddings() == null
        && request.documents().stream().anyMatch(Objects::nonNull);
  }

  /**
   * Completes a request.
   *
   * @throws InvalidRequestException if its vectors, or those that would be made, do not fit the
   *     collection
   */
  Completed complete(WriteRequest request, Head head) {
    if (request.lacksEmbeddings()) {
      EmbeddingFunction function = function(head);
      List<Embedding> made = embed(function, request.documentsToEmbed());
      return new Completed(request.withEmbeddings(made), shape(function));
    }
    if (head.embeddingFunction() != null && changesDocumentsOnly(request)) {
      EmbeddingFunction function = function(head);
      return new Completed(withNewVectors(request, function), shape(function));
    }
    VectorShape given = shape(request);
    if (given != null) {
      checkDimension(head, given.dimension());
    }
    return new Completed(request, given);
  }

  private EmbeddingFunction function(Head head) {
    EmbeddingFunction function =
        functions.forCollection(head.embeddingFunction(), head.dimension());
    checkDimension(head, function.dimension());
    return function;
  }

  private List<Embedding> embed(EmbeddingFunction function, List<String> texts) {
    List<Embedding> made = function.embed(texts);
    metrics.record(Metric.TEXTS_EMBEDDED, texts.size());
    return made;
  }

  private WriteRequest withNewVectors(WriteRequest request, EmbeddingFunction function) {
    List<String> texts = request.documents().stream().filter(Objects::nonNull).toList();
    var made = embed(function, texts).iterator();
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    for (String document : request.documents()) {
      embeddings.add(document == null ? null : made.next());
    }
    return new WriteRequest(
        request.kind(),
        request.ids(),
        embeddings,
        request.documents(),
        request.uris(),
        request.metadatas());
  }

  private static VectorShape shape(EmbeddingFunction function) {
    return new VectorShape(function.dimension(), function.name());
  }

  private static @Nullable VectorShape shape(WriteRequest request) {
    List<@Nullable Embedding> embeddings = request.embeddings();
    if (embeddings == null) {
      return null;
    }
    for (Embedding embedding : embeddings) {
      if (embedding != null) {
        return new VectorShape(embedding.dimension(), null);
      }
    }
    return null;
  }

  private static void checkDimension(Head head, int dimension) {
    if (head.dimension() != 0 && head.dimension() != dimension) {
      throw new InvalidRequestException(
          "Collection expecting embedding with dimension of %d, got %d"
              .formatted(head.dimension(), dimension));
    }
  }
}
