package dev.siltstone.operations;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.PinnedTarget;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.RolledBack;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.time.Deadline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an older snapshot's content current again, as one more entry in the log.
 *
 * <ol>
 *   <li><b>Pin</b> the target: publish the current content again with the promise that the target
 *       stays retained while a rollback may come at or below a place some way ahead. A crash here
 *       leaves a pin, which goes when that place is folded.
 *   <li><b>Place</b> the rollback at or below that place. From here on it has happened: readers
 *       that meet it switch to the target. A notice tells compactors, should this run not fold it.
 *   <li><b>Fold</b>: a run publishes everything before the rollback, which stays retained, and then
 *       the target's content. A crash here leaves that to the next run.
 * </ol>
 *
 * However late the placing is, no publish in between can let go of the target: all of them read the
 * pin from the version they replace, and whoever folds beyond the pin has found an entry at every
 * place where the rollback could have come.
 */
public final class Rollback {
  /** Writes that may be accepted between the pin and the rollback. */
  private static final int PLACES = 1_000;

  private static final int MAX_PINS = 4;

  private final Compactor compactor;
  private final Commit commit;
  private final DeltaLog log;
  private final SnapshotStore snapshots;
  private final Announcer announcer;
  private final int places;

  public Rollback(
      Compactor compactor,
      Commit commit,
      DeltaLog log,
      SnapshotStore snapshots,
      NoticeQueue notices) {
    this(compactor, commit, log, snapshots, notices, PLACES);
  }

  /**
   * One with pins of another length.
   *
   * @param places writes that may be accepted between the pin and the rollback
   */
  public Rollback(
      Compactor compactor,
      Commit commit,
      DeltaLog log,
      SnapshotStore snapshots,
      NoticeQueue notices,
      int places) {
    this.compactor = compactor;
    this.commit = commit;
    this.log = log;
    this.snapshots = snapshots;
    this.announcer = new Announcer(notices);
    this.places = places;
  }

  /**
   * Rolls back and folds.
   *
   * @throws dev.siltstone.failure.NotFoundException if the collection does not exist or the
   *     snapshot is not retained; nothing was changed
   * @throws UnavailableException if a run holds the lock for too long; nothing was changed
   * @throws OutcomeUnknownException if the rollback may or may not be placed, or is placed and
   *     could not be folded now
   */
  public RollbackReport to(CollectionId collection, SnapshotName name, Deadline deadline) {
    for (int attempt = 1; attempt <= MAX_PINS; attempt++) {
      PinnedTarget pinned = compactor.pin(collection, name, places, deadline);
      RetainedSnapshot target = pinned.target();
      Optional<LogEntry.Rollback> placed =
          commit.rollBack(collection, target.generation(), target.manifest(), pinned.through());
      if (placed.isPresent()) {
        announcer.announce(collection);
        return afterPlacing(collection, target, placed.get().sequence(), deadline);
      }
    }
    throw new UnavailableException(
        "collection %s takes more than %d writes while a snapshot is pinned; nothing is rolled back"
            .formatted(collection, places),
        null);
  }

  /** Whatever fails from here on, the collection is rolled back, and nobody is told otherwise. */
  private RollbackReport afterPlacing(
      CollectionId collection, RetainedSnapshot target, Sequence place, Deadline deadline) {
    try {
      return folded(collection, target, place, deadline);
    } catch (SiltstoneException e) {
      throw new OutcomeUnknownException(
          "collection %s is rolled back to generation %s by place %s, which a later run folds; folding it now failed: %s"
              .formatted(collection, target.generation(), place, e.getMessage()),
          e);
    }
  }

  private RollbackReport folded(
      CollectionId collection, RetainedSnapshot target, Sequence place, Deadline deadline) {
    List<LogEntry.Committed> givenUp =
        new LogScan(log)
            .between(collection, target.folded(), place)
            .filter(LogEntry.Committed.class::isInstance)
            .map(LogEntry.Committed.class::cast)
            .toList();
    CompactionReport run = compactor.run(collection, deadline);
    return new RollbackReport(place, target, givenUp, done(collection, place), run);
  }

  private @Nullable RolledBack done(CollectionId collection, Sequence place) {
    return snapshots
        .current(collection)
        .map(Published::manifest)
        .flatMap(manifest ->
            manifest.rollbacks().stream()
                .filter(rollback -> rollback.sequence().equals(place))
                .findFirst())
        .orElse(null);
  }
}
