package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore.Lease;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.CollectionStats;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a collection stands: backlog, holes, snapshot, segments, lock and last runs. */
final class StatsAnswer {
  private static final int SHOWN_HOLES = 10;

  private StatsAnswer() {}

  static Report of(Collection collection, CollectionStats stats, Instant now) {
    Report report =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("id", Figure.text(collection.id()));
    log(report, stats);
    Manifest published = stats.published();
    if (published != null) {
      snapshot(report, published, stats);
    }
    lock(report, stats.lock(), now);
    return report.table(segments(published)).table(runs(stats));
  }

  private static void log(Report report, CollectionStats stats) {
    report
        .fact("last_sequence", Figure.count(stats.head().lastReserved().value()))
        .fact("backlog", Figure.count(stats.backlog()))
        .fact("backlog_bytes", Figure.bytes(stats.tailBytes()))
        .fact("holes", Figure.count(stats.holes().size()));
    if (!stats.holes().isEmpty()) {
      report.fact(
          "first_holes",
          Figure.text(
              stats.holes().stream()
                  .limit(SHOWN_HOLES)
                  .map(Sequence::toString)
                  .collect(Collectors.joining(", "))));
    }
    long aside = stats.tail().stream().filter(LogEntry.Quarantined.class::isInstance).count();
    report.fact("quarantined_in_backlog", Figure.count(aside));
  }

  private static void snapshot(Report report, Manifest published, CollectionStats stats) {
    report
        .fact("generation", Figure.count(published.generation().value()))
        .fact("published_at", Figure.moment(published.createdAt()))
        .fact("folded_sequence", Figure.count(published.folded().value()))
        .fact("tip_generation", Figure.count(stats.tip().generation().value()))
        .fact("records", Figure.count(published.liveRecords()))
        .fact("retained_snapshots", Figure.count(published.retained().size()))
        .fact("rollbacks", Figure.count(published.rollbacks().size()));
  }

  private static void lock(Report report, @Nullable Lease lock, Instant now) {
    if (lock == null) {
      report.fact("lock", Figure.text("free"));
      return;
    }
    boolean expired = !lock.expiresAt().isAfter(now);
    report
        .fact(
            "lock",
            Figure.text(
                expired ? "expired and not released: its run died; the next takes over" : "held"))
        .fact("lock_owner", Figure.text(lock.owner()))
        .fact("lock_epoch", Figure.count(lock.epoch().value()))
        .fact("lock_heartbeat_at", Figure.moment(lock.heartbeatAt()))
        .fact("lock_expires_at", Figure.moment(lock.expiresAt()))
        .fact("lock_wanted", Figure.flag(lock.wanted()));
  }

  private static Table segments(@Nullable Manifest published) {
    Table table = new Table("segments", "segment", "rows", "deleted", "bytes", "graph", "epoch");
    if (published != null) {
      for (SegmentEntry entry : published.segments()) {
        table.row(
            Figure.text(entry.segment().id()),
            Figure.count(entry.segment().rows()),
            Figure.count(entry.segment().rows() - entry.liveRows()),
            Figure.bytes(entry.segment().bytes()),
            Figure.flag(entry.segment().graph()),
            Figure.count(entry.segment().epoch().value()));
      }
    }
    return table;
  }

  private static Table runs(CollectionStats stats) {
    Table table =
        new Table(
            "runs",
            "epoch",
            "started_at",
            "milliseconds",
            "outcome",
            "deltas",
            "quarantined",
            "publishes",
            "merged",
            "bytes_written",
            "owner",
            "failure");
    for (RunRecord run : stats.runs()) {
      table.row(
          Figure.count(run.epoch().value()),
          Figure.moment(run.startedAt()),
          Figure.count(run.took().toMillis()),
          Figure.text(run.outcome()),
          Figure.count(run.deltas()),
          Figure.count(run.quarantined()),
          Figure.count(run.publishes()),
          Figure.count(run.merges()),
          Figure.bytes(run.bytesWritten()),
          Figure.text(run.owner()),
          Figure.text(run.failure()));
    }
    return table;
  }
}
