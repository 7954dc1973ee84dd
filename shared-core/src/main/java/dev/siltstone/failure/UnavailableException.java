package dev.siltstone.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A service did not answer or refused for now (throttling, timeouts of reads, a lost connection
 * before anything was sent). The call certainly had no effect. Answered as 503.
 */
public final class UnavailableException extends SiltstoneException {
  private final Duration retryAfter;

  public UnavailableException(String message, @Nullable Throwable cause) {
    this(message, Duration.ofSeconds(1), cause);
  }

  public UnavailableException(String message, Duration retryAfter, @Nullable Throwable cause) {
    super(Advice.RETRY, message, cause);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
