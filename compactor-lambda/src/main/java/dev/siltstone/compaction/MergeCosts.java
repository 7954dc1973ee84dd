package dev.siltstone.compaction;

import java.time.Duration;

/**
 * How fast merges are here, all their threads together; taken low, so that what is planned also
 * ends in time.
 *
 * @param copiedRowsPerSecond live rows copied from segment to segment
 * @param linkedRowsPerSecond rows inserted into a graph, tens of times slower
 */
public record MergeCosts(int copiedRowsPerSecond, int linkedRowsPerSecond) {
  public MergeCosts {
    if (copiedRowsPerSecond < 1 || linkedRowsPerSecond < 1) {
      throw new IllegalArgumentException(
          "%d rows copied and %d linked per second"
              .formatted(copiedRowsPerSecond, linkedRowsPerSecond));
    }
  }

  Duration of(MergePlan plan) {
    return Duration.ofMillis(
        plan.copiedRows() * 1_000 / copiedRowsPerSecond
            + plan.linkedRows() * 1_000 / linkedRowsPerSecond);
  }
}
