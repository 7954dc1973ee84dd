package dev.siltstone.time;

import java.time.Duration;
import java.time.Instant;

/** Wall time, elapsed time and waiting, as one seam. */
public interface Clock {
  /** The wall clock; may jump. Used for people and for grace times, never for safety. */
  Instant now();

  /** A monotonic reading in nanoseconds, for durations only. */
  long nanoTime();

  /**
   * Waits.
   *
   * @throws dev.siltstone.failure.UnavailableException if the thread is interrupted; the interrupt
   *     flag stays set
   */
  void sleep(Duration duration);

  /** The clock of this machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
