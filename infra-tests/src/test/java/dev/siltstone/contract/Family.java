package dev.siltstone.contract;

import dev.siltstone.access.TokenStore;
import dev.siltstone.collection.Catalog;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.ObjectStore;

/** One adapter for each seam, as one process has them. */
public interface Family extends AutoCloseable {
  ObjectStore store();

  Catalog catalog();

  TokenStore tokens();

  DeltaLog log();

  LogRestore logRestore();

  LeaseStore leases();

  NoticeQueue queue();

  @Override
  void close();
}
