package dev.siltstone.simulated;

import dev.siltstone.collection.Catalog;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.ObjectStore;

/** The services as one process sees them. */
record Services(
    ObjectStore store, DeltaLog log, Catalog catalog, LeaseStore leases, NoticeQueue notices) {
  Services with(ObjectStore other) {
    return new Services(other, log, catalog, leases, notices);
  }

  Services with(DeltaLog other) {
    return new Services(store, other, catalog, leases, notices);
  }
}
