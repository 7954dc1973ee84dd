package dev.siltstone.embedding;

import dev.siltstone.record.Embedding;
import java.util.List;

/** Turns texts into vectors. Implementations may be called by many threads. */
public interface EmbeddingFunction {
  /**
   * The identity that a collection records, such as {@code all-MiniLM-L6-v2}: two functions with
   * the same name make comparable vectors.
   */
  String name();

  /** Values per vector. */
  int dimension();

  /**
   * One embedding per text, in order.
   *
   * @throws dev.siltstone.failure.UnavailableException if a remote function does not answer
   * @throws dev.siltstone.failure.InvalidRequestException if it refuses the texts
   */
  List<Embedding> embed(List<String> texts);
}
