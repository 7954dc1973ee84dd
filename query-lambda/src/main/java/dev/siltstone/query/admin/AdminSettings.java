package dev.siltstone.query.admin;

/**
 * What a deployment decides about administration.
 *
 * @param maxBatchSize the largest batch clients may send, as they are told before their first write
 * @param maxAnswerBytes the largest answer that can be carried
 */
public record AdminSettings(int maxBatchSize, int maxAnswerBytes, Reset reset) {
  /** Whether a request may drop everything. */
  public enum Reset {
    REFUSED,
    ALLOWED
  }

  public AdminSettings {
    if (maxBatchSize < 1 || maxAnswerBytes < 1) {
      throw new IllegalArgumentException(
          "batch size %d, answer bytes %d".formatted(maxBatchSize, maxAnswerBytes));
    }
  }
}
