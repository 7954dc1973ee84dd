package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.RollbackReport;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import dev.siltstone.snapshot.RolledBack;

/** Where a rollback stands in the log, and what it gives up. */
final class RollbackAnswer {
  private RollbackAnswer() {}

  static Report of(Collection collection, RollbackReport report) {
    RolledBack folded = report.folded();
    Report shown =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("rolled_back_to", Figure.count(report.target().generation().value()))
            .fact("sequence", Figure.count(report.sequence().value()))
            .fact("given_up_after", Figure.count(report.target().folded().value()))
            .fact(
                "given_up_readable_as_of",
                folded == null
                    ? Figure.text("the next run folds it")
                    : Figure.count(folded.before().value()));
    Table givenUp = new Table("given_up", "sequence", "delta", "operations", "bytes");
    for (LogEntry.Committed entry : report.givenUp()) {
      givenUp.row(
          Figure.count(entry.sequence().value()),
          Figure.text(entry.delta()),
          Figure.count(entry.count()),
          Figure.bytes(entry.bytes()));
    }
    return shown.table(givenUp);
  }
}
