package dev.siltstone.log;

import org.jspecify.annotations.Nullable;

/**
 * What all vectors of a collection have in common, fixed by the first write that carries some.
 *
 * @param dimension values per vector
 * @param embeddingFunction the function by which Siltstone made the vectors, or null when clients
 *     brought their own
 */
public record VectorShape(int dimension, @Nullable String embeddingFunction) {
  public VectorShape {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension " + dimension);
    }
  }
}
