package dev.siltstone.log;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: a random part of a span that doubles, from 10 ms up to 640 ms. */
final class Backoff {
  private static final long FIRST_MICROS = 10_000;
  private static final int MAX_DOUBLINGS = 6;

  private final Clock clock;
  private final RandomGenerator random;

  Backoff(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt how many there have been
   */
  void pause(int attempt) {
    long span = FIRST_MICROS << Math.min(attempt, MAX_DOUBLINGS);
    clock.sleep(Duration.ofNanos(1_000 * random.nextLong(span)));
  }
}
