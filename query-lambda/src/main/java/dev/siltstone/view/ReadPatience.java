package dev.siltstone.view;

import java.time.Duration;

/**
 * How long a read waits for a snapshot that is being opened.
 *
 * @param forNewer since its opening began, while an older one, already open, could answer; mapped
 *     files open well within it
 * @param forAny since the read began, while nothing else could answer; then the read is refused and
 *     the opening goes on
 * @param afterFailure until a snapshot that could not be opened is tried again
 */
public record ReadPatience(Duration forNewer, Duration forAny, Duration afterFailure) {
  /** API Gateway gives an answer 30 s; refusing takes hardly any of them. */
  public static final ReadPatience STANDARD =
      new ReadPatience(Duration.ofMillis(150), Duration.ofSeconds(25), Duration.ofSeconds(2));
}
