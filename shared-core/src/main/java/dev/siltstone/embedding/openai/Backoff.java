package dev.siltstone.embedding.openai;

import dev.siltstone.time.Clock;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: as long as the server says, else exponentially longer
 * with full jitter (between nothing and 0.25 s, 0.5 s, 1 s, …).
 */
final class Backoff {
  /**
   * Nobody waits longer than this for one attempt; a server that asks for more is not waited for.
   */
  static final Duration LONGEST = Duration.ofSeconds(8);

  private static final long FIRST_MILLIS = 250;

  private final Clock clock;
  private final RandomGenerator random;

  Backoff(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param attempt that has failed, from 1
   */
  Duration jittered(int attempt) {
    long ceiling = Math.min(FIRST_MILLIS << (attempt - 1), LONGEST.toMillis());
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }

  /** What {@code Retry-After} says, in seconds or as a date. */
  Optional<Duration> asked(HttpHeaders headers) {
    return headers.firstValue("retry-after").flatMap(this::parse);
  }

  private Optional<Duration> parse(String value) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration until = Duration.between(clock.now(), date);
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  void sleep(Duration duration) {
    clock.sleep(duration);
  }
}
