package dev.siltstone.compaction;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.lease.CompactionLease;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.AcquireResult;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a collection's log under its lock, publish by publish, until nothing is left or time is
 * out.
 *
 * <p>Losing the lock costs a notice nothing: the loser marks the lock wanted, the first to do so
 * sends one notice delayed to the lease's expiry, and the holder releases only an unwanted lock.
 */
public final class Compactor {
  private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
  private static final Duration LOCK_PAUSE = Duration.ofMillis(500);

  private final Catalog catalog;
  private final LeaseStore leases;
  private final NoticeQueue notices;
  private final CompactionSteps steps;
  private final CompactionSettings settings;
  private final Clock clock;
  private final String owner;
  private final RunObserver observer;

  /**
   * A compactor whose runs nobody observes.
   *
   * @param owner who holds the lock, for people: a host and process, or a request id
   */
  public Compactor(
      Catalog catalog,
      LeaseStore leases,
      NoticeQueue notices,
      CompactionSteps steps,
      CompactionSettings settings,
      Clock clock,
      String owner) {
    this(catalog, leases, notices, steps, settings, clock, owner, RunObserver.NONE);
  }

  private Compactor(
      Catalog catalog,
      LeaseStore leases,
      NoticeQueue notices,
      CompactionSteps steps,
      CompactionSettings settings,
      Clock clock,
      String owner,
      RunObserver observer) {
    this.catalog = catalog;
    this.leases = leases;
    this.notices = notices;
    this.steps = steps;
    this.settings = settings;
    this.clock = clock;
    this.owner = owner;
    this.observer = observer;
  }

  /** The same, with somebody who is told how each run ends. */
  public Compactor observedBy(RunObserver other) {
    return new Compactor(catalog, leases, notices, steps, settings, clock, owner, other);
  }

  /**
   * One run.
   *
   * @throws SiltstoneException if a service does not answer or data is corrupt; what was published
   *     before stands, and the next run goes on from there
   */
  public CompactionReport run(CollectionId id, Deadline deadline) {
    CompactionTally tally = new CompactionTally(count -> observer.setAside(id, count));
    Optional<Collection> collection = catalog.collection(id);
    if (collection.isEmpty()) {
      return tally.report(Outcome.COLLECTION_GONE);
    }
    return switch (leases.acquire(id, owner, clock.now(), settings.lease())) {
      case AcquireResult.Held held -> {
        if (held.firstToWant()) {
          lookAgain(id, Duration.between(clock.now(), held.holder().expiresAt()));
        }
        CompactionReport report = tally.report(Outcome.LOCK_HELD);
        observer.ended(id, report, Duration.ZERO);
        yield report;
      }
      case AcquireResult.Acquired acquired -> {
        tally.runsAs(acquired.epoch());
        RunRecorder recorder =
            new RunRecorder(leases, observer, clock, id, acquired.epoch(), owner);
        try (CompactionLease lease =
            new CompactionLease(leases, clock, id, acquired.epoch(), settings.lease())) {
          CompactionReport report =
              tally.report(runUnder(lease, collection.get(), deadline, tally));
          recorder.ended(report);
          yield report;
        } catch (RuntimeException e) {
          recorder.failed(tally.report(Outcome.FAILED), e);
          throw e;
        }
      }
    };
  }

  /**
   * Sees to it that a snapshot stays retained for a rollback that will be placed soon.
   *
   * @param places how many more writes may be accepted before the rollback
   * @throws dev.siltstone.failure.NotFoundException if the collection does not exist or the
   *     snapshot is not retained; nothing was changed
   * @throws UnavailableException if another run keeps the lock until the deadline
   */
  public PinnedTarget pin(CollectionId id, SnapshotName name, int places, Deadline deadline) {
    Collection collection =
        catalog
            .collection(id)
            .orElseThrow(
                () -> new NotFoundException("Collection [%s] does not exist.".formatted(id)));
    CompactionTally tally = new CompactionTally(count -> observer.setAside(id, count));
    try (CompactionLease lease = waitForLock(id, deadline);
        CompactionRun run =
            new CompactionRun(steps, settings, collection, lease, deadline, tally)) {
      Optional<PinnedTarget> pinned = run.pin(name, places);
      while (pinned.isEmpty() && !deadline.hasPassed()) {
        pinned = run.pin(name, places);
      }
      return pinned.orElseThrow(() ->
          new UnavailableException(
              "collection %s is published too fast to pin snapshot %s".formatted(id, name), null));
    }
  }

  private CompactionLease waitForLock(CollectionId id, Deadline deadline) {
    while (true) {
      switch (leases.acquire(id, owner, clock.now(), settings.lease())) {
        case AcquireResult.Acquired acquired -> {
          return new CompactionLease(leases, clock, id, acquired.epoch(), settings.lease());
        }
        case AcquireResult.Held held -> {
          if (held.firstToWant()) {
            lookAgain(id, Duration.between(clock.now(), held.holder().expiresAt()));
          }
          if (deadline.hasPassed()) {
            throw new UnavailableException(
                "the lock of collection %s is held by %s until %s"
                    .formatted(id, held.holder().owner(), held.holder().expiresAt()),
                null);
          }
          clock.sleep(LOCK_PAUSE);
        }
      }
    }
  }

  private Outcome runUnder(
      CompactionLease lease, Collection collection, Deadline deadline, CompactionTally tally) {
    try {
      Outcome outcome;
      do {
        outcome = drain(lease, collection, deadline, tally);
      } while (outcome == Outcome.DRAINED && !lease.releaseUnlessWanted());
      return outcome;
    } catch (FencedException e) {
      LOG.info("collection {}: stopped as fenced: {}", collection.id(), e.getMessage());
      return Outcome.FENCED;
    }
  }

  private Outcome drain(
      CompactionLease lease, Collection collection, Deadline deadline, CompactionTally tally) {
    try (CompactionRun run =
        new CompactionRun(steps, settings, collection, lease, deadline, tally)) {
      while (!deadline.hasPassed()) {
        switch (run.next()) {
          case PUBLISHED, LOOK_AGAIN -> {}
          case NOTHING_LEFT -> {
            return Outcome.DRAINED;
          }
          case COLLECTION_GONE -> {
            return Outcome.COLLECTION_GONE;
          }
        }
      }
    }
    lookAgain(collection.id(), Duration.ZERO);
    return Outcome.OUT_OF_TIME;
  }

  private void lookAgain(CollectionId collection, Duration delay) {
    try {
      notices.send(new Notice(collection), NoticeQueue.possible(delay));
    } catch (SiltstoneException e) {
      LOG.warn("collection {}: notice not sent, the sweep will find it", collection, e);
    }
  }
}
