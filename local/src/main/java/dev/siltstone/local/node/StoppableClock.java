package dev.siltstone.local.node;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock that a background run measures its deadline by: once stopped, every deadline on it has
 * passed, so that the run ends at its next look, in order. The wall clock stays right.
 */
final class StoppableClock implements Clock {
  private static final long FAR_AHEAD = Duration.ofDays(10_000).toNanos();

  private final Clock clock;
  private volatile boolean stopped;

  StoppableClock(Clock clock) {
    this.clock = clock;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime() + (stopped ? FAR_AHEAD : 0);
  }

  @Override
  public void sleep(Duration duration) {
    clock.sleep(duration);
  }
}
