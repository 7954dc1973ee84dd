package dev.siltstone.compaction;

import dev.siltstone.gc.RetentionPolicy;
import java.time.Duration;

/**
 * Bounds of a compaction run.
 *
 * @param lease how long the lock is taken for; it is prolonged while the run lives
 * @param maxDeltasPerPublish deltas folded into one snapshot at most
 * @param maxDeltaBytesPerPublish bytes of stored deltas folded into one snapshot at most, which
 *     bounds the run's memory
 * @param fetchAhead deltas fetched side by side
 * @param retention which older snapshots stay readable
 */
public record CompactionSettings(
    Duration lease,
    int maxDeltasPerPublish,
    long maxDeltaBytesPerPublish,
    int fetchAhead,
    RetentionPolicy retention) {
  public static final CompactionSettings DEFAULT =
      new CompactionSettings(Duration.ofSeconds(30), 5_000, 48L << 20, 16, RetentionPolicy.DEFAULT);

  /** These bounds with another retention. */
  public CompactionSettings withRetention(RetentionPolicy policy) {
    return new CompactionSettings(
        lease, maxDeltasPerPublish, maxDeltaBytesPerPublish, fetchAhead, policy);
  }
}
