package dev.siltstone.compactor.lambda;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.RunObserver;
import dev.siltstone.identity.CollectionId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for each run, then the next observer. */
final class RunLog implements RunObserver {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

  private final RunObserver next;

  RunLog(RunObserver next) {
    this.next = next;
  }

  @Override
  public void setAside(CollectionId collection, int deltas) {
    LOG.atWarn()
        .addKeyValue("collection", collection)
        .addKeyValue("deltas", deltas)
        .log("deltas set aside, which nobody can read");
    next.setAside(collection, deltas);
  }

  @Override
  public void ended(CollectionId collection, CompactionReport report, Duration took) {
    LOG.atInfo()
        .addKeyValue("collection", collection)
        .addKeyValue("outcome", report.outcome())
        .addKeyValue("epoch", report.epoch())
        .addKeyValue("sequence", report.folded().value())
        .addKeyValue("snapshot", report.generation())
        .addKeyValue("backlog", report.waiting().places())
        .addKeyValue("deltas", report.deltas())
        .addKeyValue("operations", report.operations())
        .addKeyValue("quarantined", report.quarantined())
        .addKeyValue("publishes", report.publishes())
        .addKeyValue("merged_segments", report.merges())
        .addKeyValue("bytes_written", report.bytesWritten())
        .addKeyValue("duration_ms", took.toMillis())
        .log("run ended");
    next.ended(collection, report, took);
  }
}
