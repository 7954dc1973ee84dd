package dev.siltstone.benchmarks.pipeline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The same documents under SQLite's FTS5 with its trigram tokenizer, case-sensitive. */
final class SqliteTrigrams implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement first;
  private final PreparedStatement count;

  private SqliteTrigrams(Connection connection) throws SQLException {
    this.connection = connection;
    this.first =
        connection.prepareStatement(
            "SELECT rowid, document FROM texts WHERE document MATCH ? ORDER BY rowid LIMIT 10");
    this.count = connection.prepareStatement("SELECT count(*) FROM texts WHERE document MATCH ?");
  }

  static SqliteTrigrams write(Path path, List<String> documents) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIRTUAL TABLE texts USING fts5(document, tokenize='trigram case_sensitive 1')");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO texts (document) VALUES (?)")) {
      for (String document : documents) {
        insert.setString(1, document);
        insert.executeUpdate();
      }
    }
    connection.commit();
    return new SqliteTrigrams(connection);
  }

  /** Ten documents, read. */
  int firstTen(String text) {
    return run(first, text);
  }

  /** How many documents there are. */
  int count(String text) {
    return run(count, text);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static int run(PreparedStatement statement, String text) {
    try {
      statement.setString(1, "\"" + text + "\"");
      int last = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          last = rows.getInt(1);
        }
      }
      return last;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
