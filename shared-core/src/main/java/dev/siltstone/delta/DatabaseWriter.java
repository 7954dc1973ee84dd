package dev.siltstone.delta;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;

/**
 * An empty delta database in memory. Each delta is written into it within a transaction, which is
 * rolled back once its bytes are taken: they are those of a database that never held another.
 */
final class DatabaseWriter implements Spares.Spare {
  private final SQLiteConnection connection;
  private final PreparedStatement properties;
  private final PreparedStatement operations;
  private int lastBytes;

  private DatabaseWriter(SQLiteConnection connection) throws SQLException {
    this.connection = connection;
    DeltaSchema.create(connection);
    this.properties = connection.prepareStatement(DeltaProperties.INSERT);
    this.operations = connection.prepareStatement(OperationRows.INSERT);
    connection.setAutoCommit(false);
  }

  static DatabaseWriter open() throws SQLException {
    SQLiteConnection connection = DeltaDatabase.open();
    try {
      return new DatabaseWriter(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  byte[] write(Delta delta) throws SQLException {
    DeltaProperties.of(delta).write(properties);
    OperationRows.write(operations, delta.operations());
    byte[] database = connection.serialize("main");
    connection.rollback();
    properties.clearParameters();
    operations.clearParameters();
    lastBytes = database.length;
    return database;
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
