package dev.siltstone.gc;

import dev.siltstone.access.TokenStore;
import dev.siltstone.collection.Catalog;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;

/** One family's services. */
public record Services(
    ObjectStore store,
    Catalog catalog,
    DeltaLog log,
    LogRestore logRestore,
    LeaseStore leases,
    NoticeQueue notices,
    TokenStore tokens,
    Runnable release)
    implements AutoCloseable {
  public static Services embedded(Path folder, Clock clock) {
    EmbeddedFamily family = new EmbeddedFamily(folder, clock);
    return new Services(
        family.store(),
        family.catalog(),
        family.log(),
        family.logRestore(),
        family.leases(),
        family.queue(),
        family.tokens(),
        family::close);
  }

  public static Services aws(AwsFamily family) {
    return new Services(
        family.store(),
        family.catalog(),
        family.log(),
        family.logRestore(),
        family.leases(),
        family.queue(),
        family.tokens(),
        () -> {});
  }

  /** The same services, whose calls go over a wire that may break. */
  public Services over(Tripwire wire) {
    return new Services(
        wire.wire(ObjectStore.class, store),
        wire.wire(Catalog.class, catalog),
        wire.wire(DeltaLog.class, log),
        wire.wire(LogRestore.class, logRestore),
        wire.wire(LeaseStore.class, leases),
        wire.wire(NoticeQueue.class, notices),
        wire.wire(TokenStore.class, tokens),
        () -> {});
  }

  @Override
  public void close() {
    release.run();
  }
}
