package dev.siltstone.time;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Fresh UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, then randomness. Ids made by one
 * instance grow strictly, also within a millisecond and when the clock is set back.
 */
public final class TimeOrderedIds {
  private static final int MAX_COUNTER = (1 << 12) - 1;

  private final Clock clock;
  private final RandomGenerator random;
  private long lastMillis;
  private int counter;

  public TimeOrderedIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The next id, above every earlier one of this instance. */
  public synchronized UUID next() {
    long millis = Math.max(clock.now().toEpochMilli(), lastMillis);
    if (millis > lastMillis) {
      counter = random.nextInt(1 << 11);
    } else if (++counter > MAX_COUNTER) {
      millis++;
      counter = 0;
    }
    lastMillis = millis;
    long high = millis << 16 | 0x7000L | counter;
    long low = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The next id, above {@code floor} as well, however far ahead of this clock it was made. */
  public synchronized UUID nextAbove(UUID floor) {
    long floorMillis = floor.getMostSignificantBits() >>> 16;
    if (floorMillis >= lastMillis) {
      lastMillis = floorMillis;
      counter = MAX_COUNTER;
    }
    return next();
  }
}
