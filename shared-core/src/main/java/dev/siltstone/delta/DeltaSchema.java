package dev.siltstone.delta;

import dev.siltstone.failure.CorruptDataException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConnection;

/**
 * The database's schema. Its text, comments included, is part of the format: a reader compares it
 * whole before it reads a row, so that no view, trigger or index of a stranger is ever run.
 */
final class DeltaSchema {
  /** {@code SILT} in ASCII. */
  static final int APPLICATION_ID = 0x53494C54;

  static final int PAGE_BYTES = 4_096;

  private static final String DELTA =
      """
      CREATE TABLE delta (
        key TEXT PRIMARY KEY, -- collection, delta, created_at, dimension, operations,
        value TEXT NOT NULL --   and embedding_function if Siltstone made the embeddings
      ) WITHOUT ROWID\
      """;

  private static final String OPERATION =
      """
      CREATE TABLE operation (
        position INTEGER PRIMARY KEY, -- 0, 1, 2 ...: the order in which they are applied
        kind TEXT NOT NULL, -- add, upsert, update, delete
        id TEXT NOT NULL,
        embedding BLOB, -- little-endian float32
        document TEXT,
        uri TEXT,
        metadata TEXT -- JSON object; null removes the key
      )\
      """;

  private static final List<String> TABLES =
      List.of("table delta: " + DELTA, "table operation: " + OPERATION);

  private DeltaSchema() {}

  static void create(SQLiteConnection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + PAGE_BYTES);
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + DeltaHeader.VERSION);
      statement.execute(DELTA);
      statement.execute(OPERATION);
    }
  }

  static void check(SQLiteConnection connection) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type || ' ' || name || ': ' || ifnull(sql, '') FROM sqlite_schema"
                    + " ORDER BY name LIMIT 3")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    if (!found.equals(TABLES)) {
      throw new CorruptDataException(
          "A delta's database has another schema: expected the tables delta and operation of"
              + " format version "
              + DeltaHeader.VERSION);
    }
  }
}
