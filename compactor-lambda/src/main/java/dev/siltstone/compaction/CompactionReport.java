package dev.siltstone.compaction;

import dev.siltstone.identity.Sequence;

/**
 * What a run did.
 *
 * @param folded the last sequence in the published snapshot afterwards
 * @param deltas folded by this run
 * @param operations in them
 * @param quarantined deltas set aside by this run
 * @param publishes snapshots published
 * @param merges segments replaced by merging
 * @param bytesWritten bytes of segments and manifests
 */
public record CompactionReport(
    Outcome outcome,
    Sequence folded,
    int deltas,
    long operations,
    int quarantined,
    int publishes,
    int merges,
    long bytesWritten) {

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
