package dev.siltstone.lease.sqlite;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Rows of the table {@code run}: one per epoch, the last few epochs of each collection. */
final class RunRows {
  private RunRows() {}

  static void insert(Session session, CollectionId collection, RunRecord run) throws SQLException {
    session.update(
        "INSERT OR REPLACE INTO run (collection, epoch, owner, started_at, took_millis, outcome,"
            + " deltas, quarantined, publishes, merges, bytes_written, failure)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        collection.toString(),
        run.epoch().value(),
        run.owner(),
        run.startedAt().toEpochMilli(),
        run.took().toMillis(),
        run.outcome(),
        run.deltas(),
        run.quarantined(),
        run.publishes(),
        run.merges(),
        run.bytesWritten(),
        run.failure());
    session.update(
        "DELETE FROM run WHERE collection = ? AND epoch <= ?",
        collection.toString(),
        run.epoch().value() - RunRecord.KEPT);
  }

  static List<RunRecord> newestFirst(Session session, CollectionId collection) throws SQLException {
    return session.list(
        "SELECT epoch, owner, started_at, took_millis, outcome, deltas, quarantined, publishes,"
            + " merges, bytes_written, failure FROM run WHERE collection = ? ORDER BY epoch DESC",
        RunRows::read,
        collection.toString());
  }

  private static RunRecord read(ResultSet row) throws SQLException {
    return new RunRecord(
        new Epoch(row.getLong(1)),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        Duration.ofMillis(row.getLong(4)),
        row.getString(5),
        row.getInt(6),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9),
        row.getLong(10),
        row.getString(11));
  }
}
