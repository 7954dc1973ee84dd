package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.lease.LeaseStore.Lease;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import java.util.Map;
import java.util.Optional;

/** What compaction runs did; not clean if something is left. */
final class CompactAnswer {
  private CompactAnswer() {}

  /**
   * The answer of one run.
   *
   * @param lock who holds it, for a run that did not get it
   */
  static Answered of(Collection collection, CompactionReport run, Optional<Lease> lock) {
    Report shown =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("outcome", Figure.text(run.outcome()))
            .fact("folded_sequence", Figure.count(run.folded().value()))
            .fact("deltas", Figure.count(run.deltas()))
            .fact("operations", Figure.count(run.operations()))
            .fact("quarantined", Figure.count(run.quarantined()))
            .fact("publishes", Figure.count(run.publishes()))
            .fact("merged_segments", Figure.count(run.merges()))
            .fact("bytes_written", Figure.bytes(run.bytesWritten()));
    if (run.outcome() == Outcome.LOCK_HELD) {
      shown.fact("lock_held_by", Figure.text(lock.map(Lease::owner).orElse(null)));
      shown.fact("until", Figure.moment(lock.map(Lease::expiresAt).orElse(null)));
    }
    return new Answered(shown, run.outcome() == Outcome.DRAINED);
  }

  /** The answer of a sweep over many collections. */
  static Answered of(Map<CollectionId, CompactionReport> runs) {
    Table table =
        new Table(
            "runs",
            "collection",
            "outcome",
            "folded_sequence",
            "deltas",
            "operations",
            "quarantined",
            "publishes",
            "merged_segments",
            "bytes_written");
    runs.forEach((id, run) ->
        table.row(
            Figure.text(id),
            Figure.text(run.outcome()),
            Figure.count(run.folded().value()),
            Figure.count(run.deltas()),
            Figure.count(run.operations()),
            Figure.count(run.quarantined()),
            Figure.count(run.publishes()),
            Figure.count(run.merges()),
            Figure.bytes(run.bytesWritten())));
    return new Answered(
        new Report().table(table),
        runs.values().stream().allMatch(run -> run.outcome() == Outcome.DRAINED));
  }
}
