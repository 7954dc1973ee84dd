package dev.siltstone.gc;

import dev.siltstone.collection.Catalog;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.gc.GcReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.CompactionLease;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.AcquireResult;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nobody needs any more of one collection, under its lock. Looks first, without any
 * lock, and does nothing if there is nothing worth a run: an idle collection costs a few reads.
 * What happens under the lock is in {@link CollectionPass}.
 */
public final class GarbageCollector {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

  private final Catalog catalog;
  private final LeaseStore leases;
  private final NoticeQueue notices;
  private final GcSteps steps;
  private final CollectorSettings settings;
  private final String owner;

  /**
   * A collector.
   *
   * @param owner who holds the lock, for people: a host and process, or a request id
   */
  public GarbageCollector(
      Catalog catalog,
      LeaseStore leases,
      NoticeQueue notices,
      GcSteps steps,
      CollectorSettings settings,
      String owner) {
    this.catalog = catalog;
    this.leases = leases;
    this.notices = notices;
    this.steps = steps;
    this.settings = settings;
    this.owner = owner;
  }

  /** One run, without anybody to tell of its progress. */
  public GcReport collect(CollectionId collection, CollectionMode mode, Deadline deadline) {
    return collect(collection, mode, deadline, GcProgress.NONE);
  }

  /**
   * One run.
   *
   * @throws SiltstoneException if a service does not answer or a kept file is missing; what was
   *     deleted before was garbage, and the next run goes on from there
   */
  public GcReport collect(
      CollectionId collection, CollectionMode mode, Deadline deadline, GcProgress progress) {
    if (catalog.collection(collection).isEmpty()) {
      return GcReport.of(Outcome.COLLECTION_GONE);
    }
    Optional<Published> published = steps.snapshots().current(collection);
    if (published.isEmpty()) {
      return GcReport.of(Outcome.NOTHING_TO_DO);
    }
    Manifest current = published.get().manifest();
    Manifest left = steps.fence().preview(current);
    Plan plan = preview(current, left);
    if (plan == null) {
      return GcReport.of(Outcome.NOTHING_TO_DO);
    }
    if (mode == CollectionMode.DRY_RUN) {
      return GcReport.of(Outcome.WOULD_COLLECT, plan, settings.implausible(plan).orElse(null));
    }
    boolean givesUp = !left.retained().equals(current.retained());
    return givesUp || plan.isWorthARun()
        ? underLock(collection, mode, deadline, progress)
        : GcReport.of(Outcome.NOTHING_TO_DO);
  }

  /**
   * What would go if the lock were taken now and every delta settled. Null if another run has
   * published meanwhile and files that were named are gone: then it has collected too.
   */
  private @Nullable Plan preview(Manifest current, Manifest left) {
    try {
      return plan(left);
    } catch (CorruptDataException e) {
      if (steps.isCurrent(current)) {
        throw e;
      }
      return null;
    }
  }

  private Plan plan(Manifest left) {
    CollectionId collection = left.collection();
    Epoch next =
        leases
            .read(collection)
            .filter(held -> held.expiresAt().isAfter(steps.clock().now()))
            .map(LeaseStore.Lease::epoch)
            .orElseGet(() -> new Epoch(Long.MAX_VALUE));
    return new Planner(
            steps,
            settings,
            left,
            next,
            Planner.idBefore(steps.clock().now(), settings.orphanAge()))
        .plan();
  }

  private GcReport underLock(
      CollectionId collection, CollectionMode mode, Deadline deadline, GcProgress progress) {
    return switch (leases.acquire(collection, owner, steps.clock().now(), settings.lease())) {
      case AcquireResult.Held held -> {
        if (held.firstToWant()) {
          look(collection, Duration.between(steps.clock().now(), held.holder().expiresAt()));
        }
        yield GcReport.of(Outcome.LOCK_HELD);
      }
      case AcquireResult.Acquired acquired -> {
        try (CompactionLease lease =
            new CompactionLease(
                leases, steps.clock(), collection, acquired.epoch(), settings.lease())) {
          GcReport report =
              new CollectionPass(steps, settings, collection, lease, mode, deadline, progress)
                  .run();
          if (!lease.releaseUnlessWanted()) {
            look(collection, Duration.ZERO);
          }
          yield report;
        } catch (FencedException e) {
          LOG.info("collection {}: collector stopped as fenced: {}", collection, e.getMessage());
          yield GcReport.of(Outcome.FENCED);
        } catch (NotFoundException e) {
          if (catalog.collection(collection).isPresent()) {
            throw e;
          }
          yield GcReport.of(Outcome.COLLECTION_GONE);
        }
      }
    };
  }

  /** Somebody wanted the lock for compacting meanwhile. */
  private void look(CollectionId collection, Duration delay) {
    try {
      notices.send(new Notice(collection), NoticeQueue.possible(delay));
    } catch (SiltstoneException e) {
      LOG.warn("collection {}: notice not sent, the sweep will find it", collection, e);
    }
  }
}
