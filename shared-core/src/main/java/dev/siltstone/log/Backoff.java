package dev.siltstone.log;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: a random part of a span that doubles, from 20 ms on up to a bound. */
final class Backoff {
  private static final long FIRST_MICROS = 10_000;
  private static final int MAX_DOUBLINGS = 6;
  private static final int MAX_DOUBLINGS_AMONG_MANY = 8;

  private final Clock clock;
  private final RandomGenerator random;

  Backoff(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Waits before the next attempt, for 640 ms at most.
   *
   * @param attempt how many there have been
   */
  void pause(int attempt) {
    pause(attempt, MAX_DOUBLINGS);
  }

  /** The same, but for 2.6 s at most: where many may be in each other's way, they spread. */
  void pauseAmongMany(int attempt) {
    pause(attempt, MAX_DOUBLINGS_AMONG_MANY);
  }

  private void pause(int attempt, int maxDoublings) {
    long span = FIRST_MICROS << Math.min(attempt, maxDoublings);
    clock.sleep(Duration.ofNanos(1_000 * random.nextLong(span)));
  }
}
