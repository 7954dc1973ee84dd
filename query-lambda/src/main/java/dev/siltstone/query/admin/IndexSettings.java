package dev.siltstone.query.admin;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import org.jspecify.annotations.Nullable;

/**
 * How a collection compares vectors and where they come from.
 *
 * @param embeddingFunction the client's description of its embedding function as JSON text, or null
 */
record IndexSettings(Space space, HnswParameters hnsw, @Nullable String embeddingFunction) {
  static final IndexSettings DEFAULT = new IndexSettings(Space.L2, HnswParameters.DEFAULT, null);

  static IndexSettings of(Collection collection) {
    return new IndexSettings(
        collection.space(), collection.hnsw(), collection.embeddingFunctionJson());
  }

  IndexSettings withEmbeddingFunction(@Nullable String json) {
    return new IndexSettings(space, hnsw, json);
  }

  /** Whether space and parameters are the default ones. */
  boolean hasDefaultIndex() {
    return space == Space.L2 && hnsw.equals(HnswParameters.DEFAULT);
  }
}
