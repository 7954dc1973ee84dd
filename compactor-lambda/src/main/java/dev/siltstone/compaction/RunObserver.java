package dev.siltstone.compaction;

import dev.siltstone.identity.CollectionId;
import java.time.Duration;

/** Is told how each run ended, also those that failed, and what cannot wait; never fails itself. */
@FunctionalInterface
public interface RunObserver {
  /** Looks away. */
  RunObserver NONE = (collection, report, took) -> {};

  /**
   * Deltas that nobody can read are about to be left out of a snapshot. Told before it is
   * published, and so at least once for each of them even if the run is killed; again if another
   * attempt is needed.
   */
  default void setAside(CollectionId collection, int deltas) {}

  void ended(CollectionId collection, CompactionReport report, Duration took);
}
