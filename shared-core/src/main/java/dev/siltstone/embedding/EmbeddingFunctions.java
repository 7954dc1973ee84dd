package dev.siltstone.embedding;

import dev.siltstone.failure.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The embedding functions of a deployment, by name. The first is used where none is recorded. */
public final class EmbeddingFunctions {
  /** A deployment whose clients bring their own vectors. */
  public static final EmbeddingFunctions NONE = new EmbeddingFunctions(List.of());

  private final Map<String, EmbeddingFunction> byName = new LinkedHashMap<>();

  public EmbeddingFunctions(List<EmbeddingFunction> functions) {
    for (EmbeddingFunction function : functions) {
      if (byName.put(function.name(), function) != null) {
        throw new IllegalArgumentException("two embedding functions " + function.name());
      }
    }
  }

  public Optional<EmbeddingFunction> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The function that makes vectors for a collection: the recorded one, or the deployment's first
   * if it fits the collection's dimension.
   *
   * @param recorded the function by which Siltstone made vectors there, or null
   * @param dimension of the collection, 0 if it has no vectors yet
   * @throws InvalidRequestException if there is none: the caller has to send embeddings
   */
  public EmbeddingFunction forCollection(@Nullable String recorded, int dimension) {
    if (recorded != null) {
      return named(recorded).orElseThrow(() -> missing(recorded));
    }
    EmbeddingFunction first =
        byName.values().stream().findFirst().orElseThrow(EmbeddingFunctions::none);
    if (dimension != 0 && dimension != first.dimension()) {
      throw new InvalidRequestException(
          "Collection expecting embedding with dimension of %d, but embedding function %s makes %d:"
                  .formatted(dimension, first.name(), first.dimension())
              + " send embeddings");
    }
    return first;
  }

  private InvalidRequestException missing(String recorded) {
    return new InvalidRequestException(
        "The collection's vectors were made by embedding function %s; configured here: %s"
            .formatted(recorded, byName.isEmpty() ? "none" : String.join(", ", byName.keySet())));
  }

  private static InvalidRequestException none() {
    return new InvalidRequestException(
        "No embedding function is configured: send embeddings, not only documents");
  }
}
