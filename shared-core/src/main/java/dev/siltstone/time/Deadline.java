package dev.siltstone.time;

import java.time.Duration;

/** The moment by which a run should be over, on the monotonic clock. */
public final class Deadline {
  private final Clock clock;
  private final long atNanos;

  private Deadline(Clock clock, long atNanos) {
    this.clock = clock;
    this.atNanos = atNanos;
  }

  public static Deadline in(Clock clock, Duration duration) {
    return new Deadline(clock, clock.nanoTime() + duration.toNanos());
  }

  /** What is left; negative once it has passed. */
  public Duration left() {
    return Duration.ofNanos(atNanos - clock.nanoTime());
  }

  public boolean hasPassed() {
    return !left().isPositive();
  }
}
