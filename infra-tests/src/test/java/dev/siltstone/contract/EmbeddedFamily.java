package dev.siltstone.contract;

import dev.siltstone.access.TokenStore;
import dev.siltstone.access.sqlite.SqliteTokenStore;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.sqlite.SqliteCatalog;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.sqlite.SqliteLeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;
import dev.siltstone.log.sqlite.SqliteDeltaLog;
import dev.siltstone.log.sqlite.SqliteLogRestore;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.sqlite.SqliteNoticeQueue;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;

/** Every adapter of the embedded family on one folder, as one process has them. */
public final class EmbeddedFamily implements Family {
  private final EmbeddedDatabase database;
  private final DirectoryObjectStore store;
  private final Clock clock;

  public EmbeddedFamily(Path folder, Clock clock) {
    this.database = EmbeddedDatabase.open(folder);
    this.store = new DirectoryObjectStore(folder);
    this.clock = clock;
  }

  public EmbeddedFamily(Path folder) {
    this(folder, Clock.system());
  }

  @Override
  public DirectoryObjectStore store() {
    return store;
  }

  @Override
  public Catalog catalog() {
    return new SqliteCatalog(database);
  }

  @Override
  public TokenStore tokens() {
    return new SqliteTokenStore(database);
  }

  @Override
  public DeltaLog log() {
    return new SqliteDeltaLog(database);
  }

  @Override
  public LogRestore logRestore() {
    return new SqliteLogRestore(database);
  }

  @Override
  public LeaseStore leases() {
    return new SqliteLeaseStore(database);
  }

  @Override
  public NoticeQueue queue() {
    return new SqliteNoticeQueue(database, clock);
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}
