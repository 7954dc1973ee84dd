package dev.siltstone.lease;

import dev.siltstone.identity.Epoch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run under the lock did, kept for people. The last {@value #KEPT} epochs have one each; an
 * epoch without a record is that of a run that was killed, or is still under way.
 *
 * @param outcome how it ended, in a word
 * @param failure why it failed; null if it did not
 */
public record RunRecord(
    Epoch epoch,
    String owner,
    Instant startedAt,
    Duration took,
    String outcome,
    int deltas,
    int quarantined,
    int publishes,
    int merges,
    long bytesWritten,
    @Nullable String failure) {
  /** Records kept for each collection. */
  public static final int KEPT = 20;

  private static final int LONGEST_FAILURE = 500;

  public RunRecord {
    if (failure != null && failure.length() > LONGEST_FAILURE) {
      failure = failure.substring(0, LONGEST_FAILURE);
    }
  }
}
