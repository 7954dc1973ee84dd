package dev.siltstone.sqlite;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What an error of SQLite means to the caller of a seam. */
final class SqliteErrors {
  private static final int PRIMARY = 0xff;

  private SqliteErrors() {}

  /** For everything before a commit, and for reads. */
  static SiltstoneException withoutEffect(SQLException e) {
    if (is(e, SQLiteErrorCode.SQLITE_CORRUPT) || is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
      return new CorruptDataException("the database file is damaged: " + e.getMessage(), e);
    }
    return new UnavailableException("the database did not answer: " + e.getMessage(), e);
  }

  /** A failed commit may have reached the disk, except when SQLite never got the lock for it. */
  static SiltstoneException ofCommit(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_BUSY)
        ? withoutEffect(e)
        : new OutcomeUnknownException("commit failed: " + e.getMessage(), e);
  }

  private static boolean is(SQLException e, SQLiteErrorCode code) {
    return (e.getErrorCode() & PRIMARY) == code.code;
  }
}
