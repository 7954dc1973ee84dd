package dev.siltstone.compaction;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.tail.DeltaBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Counts what a run does, as it goes. */
final class CompactionTally {
  private final IntConsumer setAside;
  private @Nullable Epoch epoch;
  private Sequence folded = Sequence.ZERO;
  private @Nullable Long backlog;
  private @Nullable Duration oldest;
  private long holes;
  private int deltas;
  private long operations;
  private long deltaBytes;
  private int quarantined;
  private int publishes;
  private int merges;
  private long bytesWritten;
  private @Nullable Generation generation;
  private long snapshotBytes;

  /**
   * @param setAside is told of deltas that a snapshot will leave out, before it is published
   */
  CompactionTally(IntConsumer setAside) {
    this.setAside = setAside;
  }

  void runsAs(Epoch ofRun) {
    epoch = ofRun;
  }

  void sawFolded(Sequence sequence) {
    folded = sequence;
  }

  /** Only the first look says what the run has found. */
  void sawBacklog(long places) {
    if (backlog == null) {
      backlog = places;
    }
  }

  /** Only the first entry with a writer of the first look is the oldest. */
  void sawWaiting(List<LogEntry> entries, Instant now) {
    if (oldest == null) {
      oldest =
          entries.stream()
              .flatMap(entry -> madeBy(entry).stream())
              .findFirst()
              .map(id -> Duration.between(id.madeAt(), now))
              .map(age -> age.isNegative() ? Duration.ZERO : age)
              .orElse(null);
    }
  }

  private static Optional<DeltaId> madeBy(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Committed committed -> Optional.of(committed.delta());
      case LogEntry.Quarantined quarantine -> Optional.of(quarantine.delta());
      case LogEntry.Rollback rollback -> Optional.of(rollback.operation());
      case LogEntry.Voided _ -> Optional.empty();
    };
  }

  /** What is about to be published leaves out what was set aside now or before. */
  void folds(DeltaBatch batch, List<LogEntry> entries) {
    long before = entries.stream().filter(LogEntry.Quarantined.class::isInstance).count();
    int all = batch.quarantined() + Math.toIntExact(before);
    if (all > 0) {
      setAside.accept(all);
    }
  }

  void folded(DeltaBatch batch, List<LogEntry> entries) {
    deltas += batch.deltas();
    operations += batch.operations();
    quarantined += batch.quarantined();
    for (LogEntry entry : entries) {
      deltaBytes += entry instanceof LogEntry.Committed committed ? committed.bytes() : 0;
      holes += entry instanceof LogEntry.Voided ? 1 : 0;
    }
  }

  void published(Manifest manifest) {
    publishes++;
    generation = manifest.generation();
    snapshotBytes = manifest.segments().stream().mapToLong(entry -> entry.segment().bytes()).sum();
  }

  void merged(int segments) {
    merges += segments;
  }

  void wrote(long bytes) {
    bytesWritten += bytes;
  }

  CompactionReport report(CompactionReport.Outcome outcome) {
    return new CompactionReport(
        outcome,
        epoch,
        folded,
        new CompactionReport.Waiting(backlog == null ? 0 : backlog, oldest, holes),
        deltas,
        operations,
        deltaBytes,
        quarantined,
        publishes,
        merges,
        bytesWritten,
        generation,
        snapshotBytes);
  }
}
