package dev.siltstone.local.doctor;

import dev.siltstone.collection.Catalog;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.Lease;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.log.BacklogLimits;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.CollectionStats;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Every collection of a store, local or deployed: pointer, backlog, lock, quarantine, last run. */
public final class StoreCheckup {
  private static final int PAGE = 100;

  private final Catalog catalog;
  private final DeltaLog log;
  private final LeaseStore leases;
  private final SnapshotStore snapshots;
  private final Clock clock;

  public StoreCheckup(
      Catalog catalog, DeltaLog log, LeaseStore leases, ObjectStore objects, Clock clock) {
    this.catalog = catalog;
    this.log = log;
    this.leases = leases;
    this.snapshots = new SnapshotStore(objects, clock);
    this.clock = clock;
  }

  /** One finding for each thing that is wrong, and one for the collections that are well. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    long well = 0;
    List<CollectionId> page = catalog.collectionsAfter(null, PAGE);
    while (!page.isEmpty()) {
      for (CollectionId id : page) {
        List<Finding> found = of(id);
        findings.addAll(found);
        well += found.isEmpty() ? 1 : 0;
      }
      page = catalog.collectionsAfter(page.getLast(), PAGE);
    }
    findings.add(Finding.ok("collections", well + " with nothing to report"));
    return findings;
  }

  private List<Finding> of(CollectionId id) {
    String name = catalog.collection(id).map(found -> found.name().value()).orElse(id.toString());
    String check = "collection " + name;
    List<Finding> findings = new ArrayList<>();
    try {
      CollectionStats stats = CollectionStats.of(id, log, snapshots, leases);
      backlog(check, name, stats, findings);
      quarantine(check, name, stats, findings);
      lock(check, stats, findings);
      lastRun(check, name, stats, findings);
    } catch (SiltstoneException e) {
      findings.add(
          Finding.fail(
              check,
              String.valueOf(e.getMessage()),
              "./siltstone verify %s --all says what is damaged; docs/operations.md, restore"
                  .formatted(name)));
    }
    return findings;
  }

  private static void backlog(
      String check, String name, CollectionStats stats, List<Finding> findings) {
    long unfolded = stats.backlog();
    String found = "%,d writes are not folded".formatted(unfolded);
    String advice =
        "./siltstone compact %s; ./siltstone stats %s shows what runs did".formatted(name, name);
    if (unfolded >= BacklogLimits.DEFAULT.refuseAt()) {
      findings.add(Finding.fail(check, found + ": new ones are refused", advice));
    } else if (unfolded >= BacklogLimits.DEFAULT.slowDownAt()) {
      findings.add(Finding.warn(check, found + ": new ones are slowed down", advice));
    }
  }

  private static void quarantine(
      String check, String name, CollectionStats stats, List<Finding> findings) {
    long aside = stats.tail().stream().filter(LogEntry.Quarantined.class::isInstance).count();
    if (aside > 0) {
      findings.add(
          Finding.warn(
              check,
              aside + " deltas of the backlog are set aside because nobody can decode them",
              "./siltstone quarantine list " + name));
    }
  }

  private void lock(String check, CollectionStats stats, List<Finding> findings) {
    Lease lock = stats.lock();
    if (lock != null && !lock.expiresAt().isAfter(clock.now())) {
      findings.add(
          Finding.warn(
              check,
              "the lock of %s has expired and was not released: its run died"
                  .formatted(lock.owner()),
              "nothing: the next run takes it over"));
    }
  }

  private static void lastRun(
      String check, String name, CollectionStats stats, List<Finding> findings) {
    if (stats.runs().isEmpty()) {
      return;
    }
    RunRecord last = stats.runs().getFirst();
    if (last.failure() != null) {
      findings.add(
          Finding.warn(
              check,
              "the last run, at %s, failed: %s".formatted(last.startedAt(), last.failure()),
              "./siltstone stats " + name));
    }
  }
}
