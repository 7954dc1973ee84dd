package dev.siltstone.simulated;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A process's own clock: wrong by a constant, though its seconds are as long as anybody's. */
record SkewedClock(Clock clock, Duration skew) implements Clock {
  @Override
  public Instant now() {
    return clock.now().plus(skew);
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public void sleep(Duration duration) {
    clock.sleep(duration);
  }
}
