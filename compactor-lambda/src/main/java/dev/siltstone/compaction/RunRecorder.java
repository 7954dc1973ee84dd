package dev.siltstone.compaction;

import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a record of one run beside the lock and tells the observer; that the record cannot be kept
 * is no reason to fail.
 */
final class RunRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(RunRecorder.class);

  private final LeaseStore leases;
  private final RunObserver observer;
  private final Clock clock;
  private final CollectionId collection;
  private final Epoch epoch;
  private final String owner;
  private final Instant startedAt;
  private final long startedAtNanos;

  RunRecorder(
      LeaseStore leases,
      RunObserver observer,
      Clock clock,
      CollectionId collection,
      Epoch epoch,
      String owner) {
    this.leases = leases;
    this.observer = observer;
    this.clock = clock;
    this.collection = collection;
    this.epoch = epoch;
    this.owner = owner;
    this.startedAt = clock.now();
    this.startedAtNanos = clock.nanoTime();
  }

  void ended(CompactionReport report) {
    record(report, null);
  }

  void failed(CompactionReport report, RuntimeException failure) {
    record(report, failure.toString());
  }

  private void record(CompactionReport report, @Nullable String failure) {
    Duration took = Duration.ofNanos(clock.nanoTime() - startedAtNanos);
    observer.ended(collection, report, took);
    try {
      leases.record(
          collection,
          new RunRecord(
              epoch,
              owner,
              startedAt,
              took,
              report.outcome().name(),
              report.deltas(),
              report.quarantined(),
              report.publishes(),
              report.merges(),
              report.bytesWritten(),
              failure));
    } catch (SiltstoneException e) {
      LOG.warn("collection {}: the run's record is not kept", collection, e);
    }
  }
}
