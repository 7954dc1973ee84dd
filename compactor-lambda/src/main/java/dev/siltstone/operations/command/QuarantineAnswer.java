package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.Quarantine.Retried;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import java.util.List;

/** What was set aside, and where it was written again. */
final class QuarantineAnswer {
  private QuarantineAnswer() {}

  static Report of(Collection collection, List<LogEntry.Quarantined> aside) {
    Table table = new Table("quarantined", "sequence", "operations", "bytes", "object", "reason");
    for (LogEntry.Quarantined entry : aside) {
      table.row(
          Figure.count(entry.sequence().value()),
          Figure.count(entry.count()),
          Figure.bytes(entry.bytes()),
          Figure.text(entry.key()),
          Figure.text(entry.reason()));
    }
    return new Report().fact("collection", Figure.text(collection.name())).table(table);
  }

  static Report of(Collection collection, Retried retried) {
    return new Report()
        .fact("collection", Figure.text(collection.name()))
        .fact("was_set_aside_at", Figure.count(retried.was().sequence().value()))
        .fact("written_again_at", Figure.count(retried.now().sequence().value()))
        .fact("operations", Figure.count(retried.now().count()))
        .fact("delta", Figure.text(retried.now().delta()));
  }
}
