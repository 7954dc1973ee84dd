package dev.siltstone.gc;

/** Why an object stays. */
public enum KeptBecause {
  /** The current snapshot names it. */
  CURRENT,
  /** A retained snapshot names it. */
  RETAINED,
  /** A snapshot names it that readers may still be using. */
  READER_GRACE,
  /** A rollback that is not folded yet goes back to a snapshot that names it. */
  ROLLBACK_TARGET,
  /** A run that is not older than the collector wrote it and may still publish it. */
  NEWER_RUN,
  /** No run gave it its name; somebody else put it there. */
  UNKNOWN_NAME,
  /** A delta whose entry is not folded. */
  UNFOLDED_DELTA,
  /** A delta that was set aside, for whoever mends it. */
  QUARANTINED_DELTA,
  /** A delta too young to tell; those behind it are not counted. */
  YOUNG_DELTA
}
