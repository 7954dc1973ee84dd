package dev.siltstone.invocation;

import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** By when a request must be answered, if only to say that it is not done. */
public final class AnswerTime {
  /** API Gateway gives up after 30 s, initialisation of the function included. */
  private static final Duration GATEWAY_PATIENCE = Duration.ofMillis(27_500);

  /** For writing the answer and for its way. */
  private static final Duration RESERVE = Duration.ofMillis(1_500);

  /** Clocks that disagree must not refuse everything. */
  private static final Duration AT_LEAST = Duration.ofSeconds(1);

  private AnswerTime() {}

  /**
   * The deadline of one request.
   *
   * @param remaining until the function is cut off
   * @param receivedAt when the gateway took the request; null for another caller
   */
  public static Deadline of(Clock clock, Duration remaining, @Nullable Instant receivedAt) {
    Duration left = remaining.minus(RESERVE);
    if (receivedAt != null) {
      Duration waited = Duration.between(receivedAt, clock.now());
      Duration gateway = GATEWAY_PATIENCE.minus(waited.isNegative() ? Duration.ZERO : waited);
      left = left.compareTo(gateway) < 0 ? left : gateway;
    }
    return Deadline.in(clock, left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left);
  }
}
