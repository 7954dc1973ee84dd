package dev.siltstone.embedding;

import dev.siltstone.record.Embedding;
import java.util.List;

/**
 * Turns texts into vectors. Implementations may be called by many threads. Messages of what they
 * throw name models and numbers, never a text or a key.
 */
public interface EmbeddingFunction {
  /**
   * The identity that a collection records, such as {@code all-MiniLM-L6-v2}: two functions with
   * the same name make comparable vectors.
   */
  String name();

  /** Values per vector. */
  int dimension();

  /**
   * One embedding per text to be stored, in order.
   *
   * @throws dev.siltstone.failure.UnavailableException if a remote function does not answer
   * @throws dev.siltstone.failure.InvalidRequestException if it refuses the texts
   * @throws dev.siltstone.failure.CorruptDataException if its answer is not what was agreed
   */
  List<Embedding> embed(List<String> texts);

  /**
   * One embedding per text to be searched for, in order. Some models see questions with other eyes
   * than documents; for all others this is {@link #embed}.
   */
  default List<Embedding> embedQueries(List<String> texts) {
    return embed(texts);
  }
}
