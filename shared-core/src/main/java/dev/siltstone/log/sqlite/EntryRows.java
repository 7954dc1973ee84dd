package dev.siltstone.log.sqlite;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.sqlite.Session;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of the table {@code log}: one per filled place. */
final class EntryRows {
  private static final String SELECT =
      "SELECT sequence, state, id, object_key, count, bytes, checksum, reason, target_generation"
          + " FROM log WHERE collection = ? AND ";

  private EntryRows() {}

  static Optional<LogEntry> find(Session session, CollectionId collection, Sequence place)
      throws SQLException {
    return session.first(
        SELECT + "sequence = ?", EntryRows::read, collection.toString(), place.value());
  }

  static List<LogEntry> after(Session session, CollectionId collection, Sequence after, int limit)
      throws SQLException {
    return session.list(
        SELECT + "sequence > ? ORDER BY sequence LIMIT ?",
        EntryRows::read,
        collection.toString(),
        after.value(),
        limit);
  }

  /** Fills an empty place. */
  static void insert(Session session, CollectionId collection, LogEntry entry) throws SQLException {
    String id = collection.toString();
    long place = entry.sequence().value();
    switch (entry) {
      case LogEntry.Committed committed ->
          session.update(
              "INSERT INTO log (collection, sequence, state, id, object_key, count, bytes,"
                  + " checksum) VALUES (?, ?, 'committed', ?, ?, ?, ?, ?)",
              id,
              place,
              committed.delta().toString(),
              committed.key().value(),
              committed.count(),
              committed.bytes(),
              committed.checksum().hex());
      case LogEntry.Voided _ ->
          session.update(
              "INSERT INTO log (collection, sequence, state) VALUES (?, ?, 'void')", id, place);
      case LogEntry.Rollback rollback ->
          session.update(
              "INSERT INTO log (collection, sequence, state, id, object_key, target_generation)"
                  + " VALUES (?, ?, 'rollback', ?, ?, ?)",
              id,
              place,
              rollback.operation().toString(),
              rollback.manifest().value(),
              rollback.target().value());
      case LogEntry.Quarantined _ ->
          throw new IllegalArgumentException("an entry is quarantined after it was placed");
    }
  }

  /** Fills a place with any entry, whatever stood there. */
  static void replace(Session session, CollectionId collection, LogEntry entry)
      throws SQLException {
    session.update(
        "DELETE FROM log WHERE collection = ? AND sequence = ?",
        collection.toString(),
        entry.sequence().value());
    if (entry instanceof LogEntry.Quarantined bad) {
      LogEntry.Committed committed =
          new LogEntry.Committed(
              bad.sequence(), bad.delta(), bad.key(), bad.count(), bad.bytes(), bad.checksum());
      insert(session, collection, committed);
      quarantine(session, collection, committed, bad.reason());
    } else {
      insert(session, collection, entry);
    }
  }

  static LogEntry.Quarantined quarantine(
      Session session, CollectionId collection, LogEntry.Committed entry, String reason)
      throws SQLException {
    session.update(
        "UPDATE log SET state = 'quarantined', reason = ? WHERE collection = ? AND sequence = ?",
        reason,
        collection.toString(),
        entry.sequence().value());
    return new LogEntry.Quarantined(
        entry.sequence(),
        entry.delta(),
        entry.key(),
        entry.count(),
        entry.bytes(),
        entry.checksum(),
        reason);
  }

  /** Never beyond the tip, whatever the caller believes. */
  static int trim(Session session, CollectionId collection, Sequence upTo, int limit)
      throws SQLException {
    return session.update(
        "DELETE FROM log WHERE collection = ?1 AND sequence IN (SELECT sequence FROM log WHERE"
            + " collection = ?1 AND sequence <= min(?2, coalesce((SELECT folded FROM tip WHERE"
            + " collection = ?1), 0)) AND state IN ('committed', 'rollback') ORDER BY sequence"
            + " LIMIT ?3)",
        collection.toString(),
        upTo.value(),
        limit);
  }

  /** Forgets entries, then the tip, of a collection that has no head any more. */
  static int sweep(Session session, CollectionId collection, int limit) throws SQLException {
    if (HeadRows.head(session, collection).isPresent()) {
      return 0;
    }
    session.update("DELETE FROM operation WHERE collection = ?", collection.toString());
    int entries =
        session.update(
            "DELETE FROM log WHERE collection = ?1 AND sequence IN"
                + " (SELECT sequence FROM log WHERE collection = ?1 ORDER BY sequence LIMIT ?2)",
            collection.toString(),
            limit);
    return entries < limit
        ? entries + session.update("DELETE FROM tip WHERE collection = ?", collection.toString())
        : entries;
  }

  private static LogEntry read(ResultSet row) throws SQLException {
    Sequence place = new Sequence(row.getLong(1));
    String state = row.getString(2);
    return switch (state) {
      case "void" -> new LogEntry.Voided(place);
      case "committed" -> committed(place, row);
      case "quarantined" -> quarantined(committed(place, row), row.getString(8));
      case "rollback" ->
          new LogEntry.Rollback(
              place,
              DeltaId.parse(row.getString(3)),
              new Generation(row.getLong(9)),
              new ObjectKey(row.getString(4)));
      default -> throw new CorruptDataException("place " + place + " has state " + state);
    };
  }

  private static LogEntry.Committed committed(Sequence place, ResultSet row) throws SQLException {
    return new LogEntry.Committed(
        place,
        DeltaId.parse(row.getString(3)),
        new ObjectKey(row.getString(4)),
        row.getInt(5),
        row.getLong(6),
        new Checksum(row.getString(7)));
  }

  private static LogEntry.Quarantined quarantined(LogEntry.Committed entry, String reason) {
    return new LogEntry.Quarantined(
        entry.sequence(),
        entry.delta(),
        entry.key(),
        entry.count(),
        entry.bytes(),
        entry.checksum(),
        reason);
  }
}
