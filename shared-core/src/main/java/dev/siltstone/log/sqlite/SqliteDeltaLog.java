package dev.siltstone.log.sqlite;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.OncePlaced;
import dev.siltstone.log.OperationMarks;
import dev.siltstone.log.PlaceResult;
import dev.siltstone.log.QuarantineResult;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.Tip;
import dev.siltstone.log.TipResult;
import dev.siltstone.log.VectorShape;
import dev.siltstone.log.VoidResult;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.sqlite.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log in {@code siltstone.db}. Each method is one transaction or one statement. {@link #place},
 * {@link #placeOnce}, {@link #voidPlace}, {@link #quarantine}, {@link #moveTip} and {@link
 * #raiseOrphanHorizon} cost one fsync; {@link #reserve}, {@link #trim} and {@link #hintFolded} cost
 * none, because a power loss that undoes them undoes nothing that anybody has been told (see {@link
 * EmbeddedDatabase}).
 */
public final class SqliteDeltaLog implements DeltaLog {
  private final EmbeddedDatabase database;

  /** The database is the caller's to close. */
  public SqliteDeltaLog(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<HeadAndTip> read(CollectionId collection) {
    return database.read(session -> HeadRows.headAndTip(session, collection));
  }

  @Override
  public ReserveResult reserve(
      CollectionId collection, DeltaId delta, @Nullable VectorShape shape) {
    return database.writeUnsynced(session -> reserve(session, collection, delta, shape));
  }

  private static ReserveResult reserve(
      Session session, CollectionId collection, DeltaId delta, @Nullable VectorShape shape)
      throws SQLException {
    Head head = HeadRows.head(session, collection).orElse(null);
    if (head == null) {
      return new ReserveResult.CollectionGone();
    }
    if (shape != null && head.dimension() != 0 && !agrees(head, shape)) {
      var expected = new VectorShape(head.dimension(), head.embeddingFunction());
      return new ReserveResult.ShapeDiffers(expected);
    }
    DeltaId horizon = head.orphanHorizon();
    if (horizon != null && delta.compareTo(horizon) <= 0) {
      return new ReserveResult.BelowHorizon(horizon);
    }
    Head advanced = advanced(head, shape);
    HeadRows.advance(session, collection, advanced);
    return new ReserveResult.Reserved(advanced.lastReserved(), advanced);
  }

  private static boolean agrees(Head head, VectorShape shape) {
    return head.dimension() == shape.dimension()
        && (head.embeddingFunction() == null
            || shape.embeddingFunction() == null
            || head.embeddingFunction().equals(shape.embeddingFunction()));
  }

  private static Head advanced(Head head, @Nullable VectorShape shape) {
    String function = head.embeddingFunction();
    if (function == null && shape != null) {
      function = shape.embeddingFunction();
    }
    return new Head(
        head.lastReserved().next(),
        shape == null ? head.dimension() : shape.dimension(),
        function,
        head.orphanHorizon(),
        head.foldedHint(),
        head.settingsVersion());
  }

  @Override
  public PlaceResult place(CollectionId collection, LogEntry entry) {
    if (entry instanceof LogEntry.Voided || entry instanceof LogEntry.Quarantined) {
      throw new IllegalArgumentException("a writer cannot place " + entry);
    }
    return database.write(session -> {
      LogEntry standing = EntryRows.find(session, collection, entry.sequence()).orElse(null);
      if (standing == null) {
        EntryRows.insert(session, collection, entry);
        return new PlaceResult.Placed();
      }
      return placedBefore(standing, entry);
    });
  }

  @Override
  public OncePlaced placeOnce(
      CollectionId collection, LogEntry.Committed entry, OperationMarks marks) {
    return database.write(session -> {
      LogEntry standing = EntryRows.find(session, collection, entry.sequence()).orElse(null);
      if (standing != null) {
        return new OncePlaced.Settled(placedBefore(standing, entry));
      }
      Set<OperationId> repeated = OperationRows.standing(session, collection, marks);
      if (!repeated.isEmpty()) {
        return new OncePlaced.Repeated(repeated);
      }
      OperationRows.insert(session, collection, marks);
      EntryRows.insert(session, collection, entry);
      return new OncePlaced.Settled(new PlaceResult.Placed());
    });
  }

  private static PlaceResult placedBefore(LogEntry standing, LogEntry entry) {
    return switch (standing) {
      case LogEntry.Voided _ -> new PlaceResult.TakenByVoid();
      case LogEntry.Quarantined quarantined when isQuarantineOf(quarantined, entry) ->
          new PlaceResult.QuarantinedMeanwhile(quarantined.reason());
      case LogEntry.Committed _, LogEntry.Rollback _ when standing.equals(entry) ->
          new PlaceResult.Placed();
      case LogEntry.Committed _, LogEntry.Rollback _, LogEntry.Quarantined _ ->
          throw takenByAnother(standing, entry);
    };
  }

  private static boolean isQuarantineOf(LogEntry.Quarantined quarantined, LogEntry entry) {
    return entry instanceof LogEntry.Committed committed
        && committed.delta().equals(quarantined.delta());
  }

  private static CorruptDataException takenByAnother(LogEntry standing, LogEntry entry) {
    return new CorruptDataException(
        "place %s holds %s, not %s".formatted(entry.sequence(), standing, entry));
  }

  @Override
  public VoidResult voidPlace(CollectionId collection, Sequence place) {
    return database.write(session -> {
      if (HeadRows.tipHasPassed(session, collection, place)) {
        return new VoidResult.TipHasPassed();
      }
      LogEntry standing = EntryRows.find(session, collection, place).orElse(null);
      if (standing == null) {
        standing = new LogEntry.Voided(place);
        EntryRows.insert(session, collection, standing);
      }
      return new VoidResult.Filled(standing);
    });
  }

  @Override
  public QuarantineResult quarantine(
      CollectionId collection, LogEntry.Committed entry, String reason) {
    return database.write(session -> {
      LogEntry standing = EntryRows.find(session, collection, entry.sequence()).orElse(null);
      if (standing instanceof LogEntry.Quarantined earlier && isQuarantineOf(earlier, entry)) {
        return new QuarantineResult.Verdict(earlier);
      }
      if (HeadRows.tipHasPassed(session, collection, entry.sequence())) {
        return new QuarantineResult.TipHasPassed();
      }
      if (!entry.equals(standing)) {
        throw new CorruptDataException(
            "place %s holds %s, not %s".formatted(entry.sequence(), standing, entry));
      }
      return new QuarantineResult.Verdict(EntryRows.quarantine(session, collection, entry, reason));
    });
  }

  @Override
  public List<LogEntry> readAfter(CollectionId collection, Sequence after, int limit) {
    return database.read(session -> EntryRows.after(session, collection, after, limit));
  }

  @Override
  public Optional<LogEntry> readPlace(CollectionId collection, Sequence place) {
    return database.read(session -> EntryRows.find(session, collection, place));
  }

  @Override
  public TipResult moveTip(CollectionId collection, Tip next) {
    return database.write(session -> HeadRows.moveTip(session, collection, next));
  }

  @Override
  public int trim(CollectionId collection, Sequence upTo, int limit) {
    return database.writeUnsynced(session -> EntryRows.trim(session, collection, upTo, limit));
  }

  @Override
  public void hintFolded(CollectionId collection, Sequence folded) {
    database.writeUnsynced(session ->
        session.update(
            "UPDATE head SET folded_hint = max(folded_hint, ?) WHERE collection = ?",
            folded.value(),
            collection.toString()));
  }

  @Override
  public Optional<Head> raiseOrphanHorizon(CollectionId collection, DeltaId horizon) {
    return database.write(session -> {
      session.update(
          "UPDATE head SET orphan_horizon = max(coalesce(orphan_horizon, ''), ?)"
              + " WHERE collection = ?",
          horizon.toString(),
          collection.toString());
      return HeadRows.head(session, collection);
    });
  }

  @Override
  public List<CollectionId> backlogAfter(@Nullable CollectionId after, int limit) {
    return database.read(session ->
        session.list(
            // The condition is that of the index head_backlog, which therefore serves it.
            "SELECT collection FROM head WHERE next_sequence - 1 > folded_hint"
                + " AND collection > ? ORDER BY collection LIMIT ?",
            row -> CollectionId.parse(row.getString(1)),
            after == null ? "" : after.toString(),
            limit));
  }

  @Override
  public int sweepDropped(CollectionId collection, int limit) {
    return database.writeUnsynced(session -> EntryRows.sweep(session, collection, limit));
  }
}
