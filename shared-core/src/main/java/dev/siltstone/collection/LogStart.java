package dev.siltstone.collection;

import dev.siltstone.identity.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Where the log of a collection stands at the moment the collection appears.
 *
 * @param lastReserved every place up to this one has been handed out
 * @param folded the last place that a snapshot holds
 * @param dimension values per vector, 0 while no write has carried one
 * @param embeddingFunction the function that made vectors from documents, or null
 */
public record LogStart(
    Sequence lastReserved, Sequence folded, int dimension, @Nullable String embeddingFunction) {
  /** That of a new collection: nothing handed out, nothing folded. */
  public static final LogStart EMPTY = new LogStart(Sequence.ZERO, Sequence.ZERO, 0, null);

  public LogStart {
    if (folded.compareTo(lastReserved) > 0) {
      throw new IllegalArgumentException(
          "place %s is folded, and only %s handed out".formatted(folded, lastReserved));
    }
  }
}
