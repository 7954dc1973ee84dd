package dev.siltstone.pipeline;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock for deadlines that pass after they were asked so many times. */
final class StepClock implements Clock {
  private int looks;

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public long nanoTime() {
    return looks++;
  }

  @Override
  public void sleep(Duration duration) {
    throw new UnsupportedOperationException();
  }
}
