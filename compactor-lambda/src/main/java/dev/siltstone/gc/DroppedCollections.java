package dev.siltstone.gc;

import dev.siltstone.collection.Catalog;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Deadline;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Sweeps what dropped collections left: objects, log entries, tip and lock. A tombstone is for
 * ever, and so every sweep looks again: a writer or compactor that slept through the drop may still
 * put something down. A collection that was created again under the old name has another id and
 * other prefixes.
 */
public final class DroppedCollections {
  private static final int PAGE = 100;
  private static final int BATCH = 256;

  private final Catalog catalog;
  private final ObjectStore store;
  private final DeltaLog log;
  private final LeaseStore leases;
  private final Executor workers;

  /**
   * A sweep.
   *
   * @param workers delete objects side by side
   */
  public DroppedCollections(
      Catalog catalog, ObjectStore store, DeltaLog log, LeaseStore leases, Executor workers) {
    this.catalog = catalog;
    this.store = store;
    this.log = log;
    this.leases = leases;
    this.workers = workers;
  }

  /**
   * What a sweep did.
   *
   * @param collections that were not empty
   * @param objects deleted
   * @param entries of logs, deleted
   * @param complete false if time ran out; the next sweep goes on
   */
  public record Swept(int collections, Amount objects, long entries, boolean complete) {}

  /** Sweeps every dropped collection, or as many as there is time for. */
  public Swept sweep(Deadline deadline) {
    int collections = 0;
    Amount objects = Amount.NONE;
    long entries = 0;
    List<CollectionId> page = catalog.tombstonesAfter(null, PAGE);
    while (!page.isEmpty()) {
      for (CollectionId dropped : page) {
        if (deadline.hasPassed()) {
          return new Swept(collections, objects, entries, false);
        }
        if (catalog.collection(dropped).isPresent()) {
          continue; // Not to be believed: a tombstone stands for a collection that is gone.
        }
        Amount gone = objects(dropped, deadline);
        long forgotten = entries(dropped, deadline);
        if (gone.objects() > 0 || forgotten > 0) {
          collections++;
          objects = objects.plus(gone);
          entries += forgotten;
        }
      }
      page = catalog.tombstonesAfter(page.getLast(), PAGE);
    }
    return new Swept(collections, objects, entries, true);
  }

  private Amount objects(CollectionId dropped, Deadline deadline) {
    Amount gone = Amount.NONE;
    for (String prefix :
        List.of(
            ObjectLayout.deltaPrefix(dropped),
            ObjectLayout.segmentPrefix(dropped),
            ObjectLayout.snapshotPrefix(dropped))) {
      List<ListedObject> found = store.listAfter(prefix, null, BATCH);
      while (!found.isEmpty()) {
        gone = gone.plus(delete(found));
        if (deadline.hasPassed()) {
          return gone;
        }
        found = store.listAfter(prefix, found.getLast().key(), BATCH);
      }
    }
    return gone;
  }

  private Amount delete(List<ListedObject> found) {
    return SideBySide.run(
            workers, found.stream().<Supplier<Amount>>map(object -> () -> gone(object)).toList())
        .stream()
        .reduce(Amount.NONE, Amount::plus);
  }

  private Amount gone(ListedObject object) {
    store.delete(object.key());
    return new Amount(1, object.bytes());
  }

  /** Entries and tip, and the lock when nothing was left. */
  private long entries(CollectionId dropped, Deadline deadline) {
    long forgotten = 0;
    int last = BATCH;
    while (last == BATCH && !deadline.hasPassed()) {
      last = log.sweepDropped(dropped, BATCH);
      forgotten += last;
    }
    if (forgotten == 0 && hasBeenLocked(dropped)) {
      leases.forget(dropped);
    }
    return forgotten;
  }

  /** A lock that was given back has no holder any more, but remembers runs. */
  private boolean hasBeenLocked(CollectionId dropped) {
    return leases.read(dropped).isPresent() || !leases.lastRuns(dropped).isEmpty();
  }
}
