package dev.siltstone.failure;

import java.time.Duration;

/** The collection has too much unfolded work; nothing was written. Answered as 429. */
public final class BackPressureException extends SiltstoneException {
  private final Duration retryAfter;

  public BackPressureException(String message, Duration retryAfter) {
    super(Advice.RETRY, message, null);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
