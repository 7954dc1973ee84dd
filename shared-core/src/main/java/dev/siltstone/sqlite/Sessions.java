package dev.siltstone.sqlite;

import java.sql.SQLException;

/** Closing sessions. */
final class Sessions {
  private Sessions() {}

  static void close(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      throw SqliteErrors.withoutEffect(e);
    }
  }

  /** Closes a session that failed; a second failure is noted on the first. */
  static void closeAfter(SQLException failure, Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
