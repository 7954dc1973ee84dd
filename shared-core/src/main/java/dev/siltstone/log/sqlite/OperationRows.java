package dev.siltstone.log.sqlite;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.sqlite.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Rows of the table {@code operation}: one for each write that may arrive again and stands. */
final class OperationRows {
  private OperationRows() {}

  /** Those that are there and not forgotten. */
  static Set<OperationId> standing(Session session, CollectionId collection, OperationMarks marks)
      throws SQLException {
    session.update("DELETE FROM operation WHERE expires_at < ?", marks.now().getEpochSecond());
    Set<OperationId> standing = new HashSet<>();
    for (OperationId id : marks.ids()) {
      session
          .first(
              "SELECT id FROM operation WHERE collection = ? AND id = ?",
              row -> id,
              collection.toString(),
              id.value())
          .ifPresent(standing::add);
    }
    return standing;
  }

  static void insert(Session session, CollectionId collection, OperationMarks marks)
      throws SQLException {
    for (OperationId id : marks.ids()) {
      session.update(
          "INSERT INTO operation (collection, id, expires_at) VALUES (?, ?, ?)",
          collection.toString(),
          id.value(),
          marks.until().getEpochSecond());
    }
  }
}
