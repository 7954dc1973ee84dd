package dev.siltstone.ingest;

import dev.siltstone.log.Head;
import dev.siltstone.log.VectorShape;
import org.jspecify.annotations.Nullable;

/** Shapes of writes that share a delta. */
final class Shapes {
  private Shapes() {}

  /** The head as it will be when vectors of this shape have been written; null for none. */
  static Head asIfFixed(Head head, @Nullable VectorShape shape) {
    if (shape == null) {
      return head;
    }
    String function = head.embeddingFunction();
    return new Head(
        head.lastReserved(),
        shape.dimension(),
        function == null ? shape.embeddingFunction() : function,
        head.orphanHorizon(),
        head.foldedHint(),
        head.settingsVersion());
  }

  /** Of both, which agree; null if neither has vectors. */
  static @Nullable VectorShape common(@Nullable VectorShape one, @Nullable VectorShape other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.embeddingFunction() == null ? other : one;
  }
}
