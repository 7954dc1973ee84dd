package dev.siltstone.compaction;

import dev.siltstone.identity.Sequence;
import dev.siltstone.tail.DeltaBatch;

/** Counts what a run does, as it goes. */
final class CompactionTally {
  private Sequence folded = Sequence.ZERO;
  private int deltas;
  private long operations;
  private int quarantined;
  private int publishes;
  private int merges;
  private long bytesWritten;

  void sawFolded(Sequence sequence) {
    folded = sequence;
  }

  void folded(DeltaBatch batch) {
    deltas += batch.deltas();
    operations += batch.operations();
    quarantined += batch.quarantined();
  }

  void published() {
    publishes++;
  }

  void merged(int segments) {
    merges += segments;
  }

  void wrote(long bytes) {
    bytesWritten += bytes;
  }

  CompactionReport report(CompactionReport.Outcome outcome) {
    return new CompactionReport(
        outcome, folded, deltas, operations, quarantined, publishes, merges, bytesWritten);
  }
}
