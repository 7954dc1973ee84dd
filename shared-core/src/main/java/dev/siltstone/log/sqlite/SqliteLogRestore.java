package dev.siltstone.log.sqlite;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogRestore;
import dev.siltstone.log.Tip;
import dev.siltstone.sqlite.EmbeddedDatabase;
import java.util.List;

/** All of it in one synced transaction. */
public final class SqliteLogRestore implements LogRestore {
  private final EmbeddedDatabase database;

  /** The database is the caller's to close. */
  public SqliteLogRestore(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public boolean put(CollectionId collection, Tip tip, List<LogEntry> entries) {
    return database.write(session -> {
      if (HeadRows.head(session, collection).isPresent()) {
        return false;
      }
      HeadRows.putTip(session, collection, tip);
      for (LogEntry entry : entries) {
        EntryRows.replace(session, collection, entry);
      }
      return true;
    });
  }
}
