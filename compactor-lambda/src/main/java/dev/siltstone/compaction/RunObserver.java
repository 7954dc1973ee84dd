package dev.siltstone.compaction;

import dev.siltstone.identity.CollectionId;
import java.time.Duration;

/** Is told how each run ended, also those that failed; never fails itself. */
@FunctionalInterface
public interface RunObserver {
  /** Looks away. */
  RunObserver NONE = (collection, report, took) -> {};

  void ended(CollectionId collection, CompactionReport report, Duration took);
}
