package dev.siltstone.embedding;

import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that passes only by waiting, and remembers who waited how long. */
public final class RecordingClock implements Clock {
  public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

  @Override
  public Instant now() {
    return START.plus(slept());
  }

  @Override
  public long nanoTime() {
    return slept().toNanos();
  }

  @Override
  public void sleep(Duration duration) {
    sleeps.add(duration);
  }

  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  private Duration slept() {
    return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
