package dev.siltstone.operations;

import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.snapshot.RolledBack;
import org.jspecify.annotations.Nullable;

/** What has become of a write. */
public sealed interface WriteState {
  /** Acknowledged and visible to strong reads; no snapshot folds it yet. */
  record Accepted(LogEntry.Committed entry) implements WriteState {}

  /**
   * In the snapshots since some generation.
   *
   * @param generation that folded it; null if that was too long ago to be remembered
   * @param givenUpBy the rollback that has taken it out of the current snapshot again, or null
   */
  record Folded(Sequence sequence, @Nullable Generation generation, @Nullable RolledBack givenUpBy)
      implements WriteState {}

  /** No write is there: its writer was too slow, or had nothing to write, and stands elsewhere. */
  record Voided(Sequence sequence) implements WriteState {}

  /** Acknowledged, and skipped by everybody since its bytes cannot be decoded. */
  record SetAside(LogEntry.Quarantined entry) implements WriteState {}

  /** A rollback, not a write. */
  record RollsBack(LogEntry.Rollback entry, boolean folded) implements WriteState {}

  /** A writer has reserved the place and not filled it; whoever needs the log beyond voids it. */
  record Unfilled(Sequence sequence) implements WriteState {}

  /** Nothing is known of it, for this reason. */
  record Unknown(String why) implements WriteState {}
}
