package dev.siltstone.api;

/**
 * Memory for one answer, from when its records are read until it has been sent: where many requests
 * are answered by one process, large answers wait for each other instead of exhausting the heap.
 */
@FunctionalInterface
public interface AnswerRoom {
  /** Where one request is answered at a time. */
  AnswerRoom NOT_COUNTED = _ -> {};

  /**
   * Waits until the answer may take so many bytes in all.
   *
   * @throws dev.siltstone.failure.UnavailableException if they did not come free in time
   */
  void growTo(long bytes);
}
