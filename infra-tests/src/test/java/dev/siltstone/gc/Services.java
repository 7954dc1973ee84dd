package dev.siltstone.gc;

import dev.siltstone.collection.Catalog;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;

/** One family's services. */
record Services(
    ObjectStore store,
    Catalog catalog,
    DeltaLog log,
    LeaseStore leases,
    NoticeQueue notices,
    Runnable release)
    implements AutoCloseable {
  static Services embedded(Path folder, Clock clock) {
    EmbeddedFamily family = new EmbeddedFamily(folder, clock);
    return new Services(
        family.store(),
        family.catalog(),
        family.log(),
        family.leases(),
        family.queue(),
        family::close);
  }

  static Services aws(AwsFamily family) {
    return new Services(
        family.store(), family.catalog(), family.log(), family.leases(), family.queue(), () -> {});
  }

  /** The same services, whose calls go over a wire that may break. */
  Services over(Tripwire wire) {
    return new Services(
        wire.wire(ObjectStore.class, store),
        wire.wire(Catalog.class, catalog),
        wire.wire(DeltaLog.class, log),
        wire.wire(LeaseStore.class, leases),
        wire.wire(NoticeQueue.class, notices),
        () -> {});
  }

  @Override
  public void close() {
    release.run();
  }
}
