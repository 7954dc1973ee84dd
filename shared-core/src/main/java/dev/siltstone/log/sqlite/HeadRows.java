package dev.siltstone.log.sqlite;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.sqlite.Session;
import dev.siltstone.storage.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** Rows of the tables {@code head} and {@code tip}. */
final class HeadRows {
  private static final String HEAD =
      "SELECT next_sequence, dimension, embedding_function, orphan_horizon, folded_hint,"
          + " settings_version FROM head WHERE collection = ?";
  private static final String HEAD_AND_TIP =
      "SELECT next_sequence, dimension, embedding_function, orphan_horizon, folded_hint,"
          + " settings_version, generation, folded, manifest"
          + " FROM head LEFT JOIN tip USING (collection) WHERE collection = ?";
  private static final String TIP =
      "SELECT generation, folded, manifest FROM tip WHERE collection = ?";

  private HeadRows() {}

  static Optional<HeadAndTip> headAndTip(Session session, CollectionId collection)
      throws SQLException {
    return session.first(
        HEAD_AND_TIP,
        row -> new HeadAndTip(headOf(row), row.getString(9) == null ? Tip.NONE : tipOf(row, 7)),
        collection.toString());
  }

  static Optional<Head> head(Session session, CollectionId collection) throws SQLException {
    return session.first(HEAD, HeadRows::headOf, collection.toString());
  }

  /** Stores what a reservation changes. */
  static void advance(Session session, CollectionId collection, Head head) throws SQLException {
    session.update(
        "UPDATE head SET next_sequence = ?, dimension = ?, embedding_function = ?"
            + " WHERE collection = ?",
        head.lastReserved().value() + 1,
        head.dimension(),
        head.embeddingFunction(),
        collection.toString());
  }

  static boolean tipHasPassed(Session session, CollectionId collection, Sequence place)
      throws SQLException {
    return session
        .first(
            "SELECT 1 FROM tip WHERE collection = ? AND folded >= ?",
            _ -> true,
            collection.toString(),
            place.value())
        .isPresent();
  }

  static TipResult moveTip(Session session, CollectionId collection, Tip next) throws SQLException {
    Tip current = session.first(TIP, row -> tipOf(row, 1), collection.toString()).orElse(null);
    if (current == null && head(session, collection).isEmpty()) {
      return new TipResult.CollectionGone();
    }
    Tip reached = current == null ? Tip.NONE : current;
    if (next.generation().compareTo(reached.generation()) <= 0) {
      return new TipResult.AlreadyThere(reached);
    }
    putTip(session, collection, next);
    return new TipResult.Moved();
  }

  static void putTip(Session session, CollectionId collection, Tip tip) throws SQLException {
    session.update(
        "INSERT OR REPLACE INTO tip VALUES (?, ?, ?, ?)",
        collection.toString(),
        tip.generation().value(),
        tip.folded().value(),
        Objects.requireNonNull(tip.manifest()).value());
  }

  private static Head headOf(ResultSet row) throws SQLException {
    String horizon = row.getString(4);
    return new Head(
        new Sequence(row.getLong(1) - 1),
        row.getInt(2),
        row.getString(3),
        horizon == null ? null : DeltaId.parse(horizon),
        new Sequence(row.getLong(5)),
        row.getLong(6));
  }

  private static Tip tipOf(ResultSet row, int first) throws SQLException {
    return new Tip(
        new Generation(row.getLong(first)),
        new Sequence(row.getLong(first + 1)),
        new ObjectKey(row.getString(first + 2)));
  }
}
