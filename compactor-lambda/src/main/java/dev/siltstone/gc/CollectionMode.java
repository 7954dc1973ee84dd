package dev.siltstone.gc;

/** How far a collection of garbage may go. */
public enum CollectionMode {
  /** Looks and reports; writes nothing. */
  DRY_RUN,
  /** Deletes, unless implausibly much would go. */
  COLLECT,
  /** Deletes, however many orphans there are: a person has looked at a dry run. */
  COLLECT_ANY_SHARE
}
