package dev.siltstone.compaction;

import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.metrics.Metric;
import dev.siltstone.metrics.Metrics;
import java.time.Duration;

/** Measures runs; one that found nothing to do measures nothing. */
public final class RunMetrics implements RunObserver {
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Metrics metrics;
  private final Metrics atOnce;

  /**
   * @param atOnce for what must be known even if the run does not come to its end
   */
  public RunMetrics(Metrics metrics, Metrics atOnce) {
    this.metrics = metrics;
    this.atOnce = atOnce;
  }

  @Override
  public void setAside(CollectionId collection, int deltas) {
    atOnce.record(Metric.QUARANTINED_DELTAS, deltas);
  }

  @Override
  public void ended(CollectionId collection, CompactionReport report, Duration took) {
    if (report.outcome() == Outcome.LOCK_HELD) {
      metrics.record(Metric.LOCK_LOSSES, 1);
      return;
    }
    if (report.outcome() == Outcome.FAILED) {
      metrics.record(Metric.FAILED_RUNS, 1);
    }
    CompactionReport.Waiting waiting = report.waiting();
    if (waiting.places() > 0) {
      metrics.record(Metric.BACKLOG, waiting.places());
    }
    Duration oldest = waiting.oldest();
    if (oldest != null) {
      metrics.record(Metric.OLDEST_UNFOLDED_AGE, oldest.toMillis() / MILLIS_PER_SECOND);
    }
    if (waiting.holes() > 0) {
      metrics.record(Metric.HOLES, waiting.holes());
    }
    if (report.publishes() > 0) {
      published(report, took);
    }
  }

  private void published(CompactionReport report, Duration took) {
    metrics.record(Metric.RUN_DURATION, took.toMillis());
    metrics.record(Metric.BYTES_MOVED, report.bytesWritten());
    metrics.record(Metric.SNAPSHOT_SIZE, report.snapshotBytes());
    if (report.deltaBytes() > 0) {
      metrics.record(
          Metric.WRITE_AMPLIFICATION, (double) report.bytesWritten() / report.deltaBytes());
    }
  }
}
