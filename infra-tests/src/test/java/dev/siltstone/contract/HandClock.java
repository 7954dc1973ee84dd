package dev.siltstone.contract;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until it is moved; waiting moves it. */
public final class HandClock implements Clock {
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private long nanos;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }
}
