package dev.siltstone.operations;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.RolledBack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollback that stands in the log: every strong read that begins later sees the target.
 *
 * @param sequence its place
 * @param target the snapshot whose content is current again; the writes after its folded place and
 *     before {@code sequence} are given up
 * @param givenUp those of them whose entries are still in the log
 * @param folded what the newest snapshot says of it; null if no run has come to it yet
 * @param run the compaction run that was to fold it
 */
public record RollbackReport(
    Sequence sequence,
    RetainedSnapshot target,
    List<LogEntry.Committed> givenUp,
    @Nullable RolledBack folded,
    CompactionReport run) {
  public RollbackReport {
    givenUp = List.copyOf(givenUp);
  }
}
