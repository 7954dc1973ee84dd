package dev.siltstone.compaction;

import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run did.
 *
 * @param epoch of the run; null if it did not get the lock
 * @param folded the last sequence in the published snapshot afterwards
 * @param waiting what the run found when it began
 * @param deltas folded by this run
 * @param operations in them
 * @param deltaBytes bytes of them
 * @param quarantined deltas set aside by this run
 * @param publishes snapshots published
 * @param merges segments replaced by merging
 * @param bytesWritten bytes of segments and manifests
 * @param generation of the last snapshot published; null if there was none
 * @param snapshotBytes bytes of the segments that it names
 */
public record CompactionReport(
    Outcome outcome,
    @Nullable Epoch epoch,
    Sequence folded,
    Waiting waiting,
    int deltas,
    long operations,
    long deltaBytes,
    int quarantined,
    int publishes,
    int merges,
    long bytesWritten,
    @Nullable Generation generation,
    long snapshotBytes) {

  /**
   * The part of the log that nobody had folded.
   *
   * @param places how many
   * @param oldest how long the first write among them had waited; null if there was none
   * @param holes places among those that this run folded which no write fills
   */
  public record Waiting(long places, @Nullable Duration oldest, long holes) {}

  /** How a run ended. */
  public enum Outcome {
    /** Everything that was in the log is published. */
    DRAINED,
    /** Time ran out; what was published stands and a new notice has been sent. */
    OUT_OF_TIME,
    /** Another run holds the lock and will look again. */
    LOCK_HELD,
    /** A newer run has taken over. */
    FENCED,
    /** A service did not answer or data is damaged; only records of runs say so. */
    FAILED,
    /** The collection does not exist (any more). */
    COLLECTION_GONE
  }
}
