package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.DroppedCollections.Swept;
import dev.siltstone.gc.GcReport;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.operations.CollectionStats;
import dev.siltstone.operations.Quarantine;
import dev.siltstone.operations.Quarantine.Retried;
import dev.siltstone.operations.Receipts;
import dev.siltstone.operations.Rollback;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.operations.command.OperationCommand.CollectGarbage;
import dev.siltstone.operations.command.OperationCommand.Compact;
import dev.siltstone.operations.command.OperationCommand.QuarantineList;
import dev.siltstone.operations.command.OperationCommand.QuarantineRetry;
import dev.siltstone.operations.command.OperationCommand.Receipt;
import dev.siltstone.operations.command.OperationCommand.RollBack;
import dev.siltstone.operations.command.OperationCommand.Snapshots;
import dev.siltstone.operations.command.OperationCommand.Stats;
import dev.siltstone.operations.command.OperationCommand.Sweep;
import dev.siltstone.operations.command.OperationCommand.Verify;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.time.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carries out commands, whoever gave them. */
public final class Operations {
  private final Workplace place;

  public Operations(Workplace place) {
    this.place = place;
  }

  /**
   * Does what is asked.
   *
   * @param deadline when runs that write should be over
   * @throws dev.siltstone.failure.SiltstoneException if it cannot be done; the message says why
   */
  public Answered run(OperationCommand command, Deadline deadline, WorkProgress progress) {
    return switch (command) {
      case Compact compact -> compact(found(compact.collection()), deadline);
      case Sweep _ ->
          CompactAnswer.of(new CompactionSweep(place.compactor(), place.log()).run(deadline));
      case Stats stats -> stats(found(stats.collection()));
      case Verify verify ->
          new SnapshotVerification(place, progress).of(found(verify.collection()), verify);
      case Snapshots snapshots ->
          Answered.clean(SnapshotsAnswer.of(found(snapshots.collection()), place.snapshots()));
      case RollBack rollback -> rollBack(rollback, deadline);
      case CollectGarbage gc -> collectGarbage(gc, deadline, progress);
      case Receipt receipt ->
          ReceiptAnswer.of(
              found(receipt.collection()),
              receipt.write(),
              new Receipts(place.log(), place.snapshots()));
      case QuarantineList list -> listQuarantine(found(list.collection()));
      case QuarantineRetry retry -> retry(found(retry.collection()), retry);
    };
  }

  private Collection found(CollectionReference collection) {
    return collection.in(place.catalog());
  }

  private Answered compact(Collection collection, Deadline deadline) {
    CompactionReport report = place.compactor().run(collection.id(), deadline);
    return CompactAnswer.of(collection, report, place.leases().read(collection.id()));
  }

  private Answered stats(Collection collection) {
    CollectionStats stats =
        CollectionStats.of(collection.id(), place.log(), place.snapshots(), place.leases());
    return Answered.clean(StatsAnswer.of(collection, stats, place.clock().now()));
  }

  private Answered rollBack(RollBack command, Deadline deadline) {
    Collection collection = found(command.collection());
    Rollback rollback =
        new Rollback(
            place.compactor(), place.commit(), place.log(), place.snapshots(), place.notices());
    return Answered.clean(
        RollbackAnswer.of(
            collection, rollback.to(collection.id(), new SnapshotName(command.to()), deadline)));
  }

  private Answered collectGarbage(
      CollectGarbage command, Deadline deadline, WorkProgress progress) {
    CollectionReference one = command.collection();
    if (one == null) {
      Map<CollectionId, GcReport> reports = new LinkedHashMap<>();
      Swept swept = place.garbage().run(command.mode(), deadline, reports::put);
      return GarbageAnswer.of(reports, swept);
    }
    CollectionId id = found(one).id();
    return GarbageAnswer.of(
        Map.of(id, collectGarbage(id, command.mode(), deadline, progress)), null);
  }

  private GcReport collectGarbage(
      CollectionId id, CollectionMode mode, Deadline deadline, WorkProgress progress) {
    try (GarbageProgress told = new GarbageProgress(progress)) {
      return place.collector().collect(id, mode, deadline, told);
    }
  }

  private Answered listQuarantine(Collection collection) {
    return Answered.clean(QuarantineAnswer.of(collection, quarantine().list(collection.id())));
  }

  private Answered retry(Collection collection, QuarantineRetry command) {
    RepairedDelta repaired = command.repaired();
    Retried retried =
        repaired == null
            ? quarantine().retry(collection.id(), command.sequence())
            : quarantine().retry(collection.id(), command.sequence(), repaired.bytes());
    return Answered.clean(QuarantineAnswer.of(collection, retried));
  }

  private Quarantine quarantine() {
    return new Quarantine(
        place.log(), place.objects(), place.commit(), place.notices(), place.clock());
  }
}
