package dev.siltstone.local.node;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves when a test moves it. */
final class HandClock implements Clock {
  private volatile Instant now = Instant.parse("2026-11-20T00:00:00Z");

  synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    advance(duration);
  }
}
