package dev.siltstone.gc;

/** Why an object may go. */
public enum Cause {
  /** Only snapshots named it that were retired longer ago than the grace for readers. */
  RETIRED,
  /** No known snapshot ever named it: a run that crashed, or lost, left it. */
  ORPHANED_FILE,
  /** A delta whose entry is folded. */
  FOLDED_DELTA,
  /** A delta that has no place in the log and can get none any more. */
  ORPHANED_DELTA
}
