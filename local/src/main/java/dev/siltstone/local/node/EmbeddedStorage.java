package dev.siltstone.local.node;

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
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;

/** The embedded family on one folder: every seam, opened and closed together. */
public final class EmbeddedStorage implements AutoCloseable {
  private final EmbeddedDatabase database;
  private final DirectoryObjectStore objects;
  private final Catalog catalog;
  private final DeltaLog log;
  private final LogRestore logRestore;
  private final NoticeQueue notices;
  private final LeaseStore leases;
  private final TokenStore tokens;

  private EmbeddedStorage(EmbeddedDatabase database, DirectoryObjectStore objects, Clock clock) {
    this.database = database;
    this.objects = objects;
    this.catalog = new SqliteCatalog(database);
    this.log = new SqliteDeltaLog(database);
    this.logRestore = new SqliteLogRestore(database);
    this.notices = new SqliteNoticeQueue(database, clock);
    this.leases = new SqliteLeaseStore(database);
    this.tokens = new SqliteTokenStore(database);
  }

  /**
   * Opens the folder, creating it if needed.
   *
   * @throws dev.siltstone.failure.UnavailableException if the folder cannot be used
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer Siltstone has written it
   * @throws dev.siltstone.failure.CorruptDataException if it holds something else
   */
  public static EmbeddedStorage open(Path folder, Clock clock) {
    EmbeddedDatabase database = EmbeddedDatabase.open(folder);
    try {
      return new EmbeddedStorage(database, new DirectoryObjectStore(folder), clock);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  public Catalog catalog() {
    return catalog;
  }

  public ObjectStore objects() {
    return objects;
  }

  public DeltaLog log() {
    return log;
  }

  public LogRestore logRestore() {
    return logRestore;
  }

  public NoticeQueue notices() {
    return notices;
  }

  public LeaseStore leases() {
    return leases;
  }

  public TokenStore tokens() {
    return tokens;
  }

  @Override
  public void close() {
    objects.close();
    database.close();
  }
}
