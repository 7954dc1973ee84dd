package dev.siltstone.delta;

import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * A connection that reads one database after another. What it is told about one does not outlive
 * it: SQLite closes the old database and forgets its schema, the limit on lengths is set anew, and
 * the text encoding, which SQLite keeps, is the same for all ({@link DeltaDatabase}).
 */
final class DatabaseReader implements Spares.Spare {
  private final SQLiteConnection connection;
  private int lastBytes;

  private DatabaseReader(SQLiteConnection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA cell_size_check = ON");
    }
  }

  static DatabaseReader open() throws SQLException {
    SQLiteConnection connection = DeltaDatabase.open();
    try {
      return new DatabaseReader(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  Delta read(byte[] database) throws SQLException {
    lastBytes = database.length;
    connection.deserialize("main", database);
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, database.length);
    DeltaSchema.check(connection);
    DeltaProperties properties = DeltaProperties.read(connection);
    return properties.with(OperationRows.read(connection, properties, database.length));
  }

  @Override
  public int lastBytes() {
    return lastBytes;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
