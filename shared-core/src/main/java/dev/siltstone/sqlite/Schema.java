package dev.siltstone.sqlite;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The tables of {@code siltstone.db} and their version. {@code application_id} says whose file it
 * is ("SILT"), {@code user_version} which schema it holds.
 *
 * <p>Ids are lower-case UUID text, so that their order is that of their making. Times are
 * milliseconds since 1970. Sequences start at 1.
 */
final class Schema {
  private static final int APPLICATION_ID = 0x53494c54;
  private static final int VERSION = 3;

  private static final String TABLES =
      """
      CREATE TABLE tenant (name TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE database (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        tenant TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (tenant, name));
      CREATE TABLE collection (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        tenant TEXT NOT NULL,
        database TEXT NOT NULL,
        name TEXT NOT NULL,
        space TEXT NOT NULL,
        max_neighbors INTEGER NOT NULL,
        ef_construction INTEGER NOT NULL,
        ef_search INTEGER NOT NULL,
        threads INTEGER NOT NULL,
        resize_factor REAL NOT NULL,
        batch_size INTEGER NOT NULL,
        sync_threshold INTEGER NOT NULL,
        embedding_function TEXT,
        schema TEXT,
        metadata TEXT NOT NULL,
        settings_version INTEGER NOT NULL,
        UNIQUE (tenant, database, name));
      CREATE TABLE tombstone (collection TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE head (
        collection TEXT PRIMARY KEY,
        next_sequence INTEGER NOT NULL,
        dimension INTEGER NOT NULL,
        embedding_function TEXT,
        orphan_horizon TEXT,
        folded_hint INTEGER NOT NULL,
        settings_version INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX head_backlog ON head (collection) WHERE next_sequence - 1 > folded_hint;
      CREATE TABLE tip (
        collection TEXT PRIMARY KEY,
        generation INTEGER NOT NULL,
        folded INTEGER NOT NULL,
        manifest TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE log (
        collection TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('committed', 'void', 'quarantined', 'rollback')),
        id TEXT,
        object_key TEXT,
        count INTEGER,
        bytes INTEGER,
        checksum TEXT,
        reason TEXT,
        target_generation INTEGER,
        PRIMARY KEY (collection, sequence)) WITHOUT ROWID;
      CREATE TABLE operation (
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (collection, id)) WITHOUT ROWID;
      CREATE INDEX operation_expiry ON operation (expires_at);
      CREATE TABLE lock (
        collection TEXT PRIMARY KEY,
        epoch INTEGER NOT NULL,
        owner TEXT,
        expires_at INTEGER NOT NULL,
        heartbeat_at INTEGER NOT NULL,
        wanted INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE run (
        collection TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        owner TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        took_millis INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        deltas INTEGER NOT NULL,
        quarantined INTEGER NOT NULL,
        publishes INTEGER NOT NULL,
        merges INTEGER NOT NULL,
        bytes_written INTEGER NOT NULL,
        failure TEXT,
        PRIMARY KEY (collection, epoch)) WITHOUT ROWID;
      CREATE TABLE notice (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        visible_at INTEGER NOT NULL,
        receipts INTEGER NOT NULL);
      CREATE INDEX notice_visible ON notice (visible_at);
      CREATE INDEX notice_waiting ON notice (collection, visible_at) WHERE receipts = 0;
      CREATE TABLE token (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('read', 'write', 'admin')),
        tenants TEXT NOT NULL,
        databases TEXT NOT NULL,
        hash TEXT NOT NULL,
        created_at INTEGER NOT NULL) WITHOUT ROWID;
      INSERT INTO tenant VALUES ('default_tenant');
      INSERT INTO database (id, tenant, name)
        VALUES ('00000000-0000-0000-0000-000000000000', 'default_tenant', 'default_database');
      """;

  private Schema() {}

  /** Creates the tables in an empty file, or checks that an existing file is readable. */
  static void prepare(Session session, Path file) throws SQLException {
    long application = pragma(session, "application_id");
    long version = pragma(session, "user_version");
    if (application == 0 && version == 0 && isEmpty(session)) {
      create(session);
    } else if (application != APPLICATION_ID) {
      throw new CorruptDataException(
          "%s is not a Siltstone database: application id %d, expected %d"
              .formatted(file, application, APPLICATION_ID));
    } else if (version != VERSION) {
      throw new UnsupportedFormatException(
          "%s has schema version %d, this code reads %d".formatted(file, version, VERSION));
    }
  }

  private static void create(Session session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    session.execute(TABLES);
    session.execute("PRAGMA application_id = " + APPLICATION_ID);
    session.execute("PRAGMA user_version = " + VERSION);
    session.execute("COMMIT");
  }

  private static boolean isEmpty(Session session) throws SQLException {
    return session.first("SELECT 1 FROM sqlite_schema", row -> row.getInt(1)).isEmpty();
  }

  private static long pragma(Session session, String name) throws SQLException {
    return session.first("PRAGMA " + name, (ResultSet row) -> row.getLong(1)).orElse(0L);
  }
}
