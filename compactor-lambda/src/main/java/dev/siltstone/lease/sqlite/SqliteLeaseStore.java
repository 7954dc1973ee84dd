package dev.siltstone.lease.sqlite;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Locks in {@code siltstone.db}. Taking a lock is synced, since its epoch must never be handed out
 * again; what a power loss may undo otherwise only delays the next holder.
 */
public final class SqliteLeaseStore implements LeaseStore {
  private static final String HELD_WITH = " WHERE collection = ? AND epoch = ? AND owner NOT NULL";

  private final EmbeddedDatabase database;

  /** The database is the caller's to close. */
  public SqliteLeaseStore(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public AcquireResult acquire(CollectionId collection, String owner, Instant now, Duration lease) {
    return database.write(session -> {
      Optional<Lease> holder = find(session, collection);
      return holder.isPresent() && holder.get().expiresAt().isAfter(now)
          ? want(session, collection, holder.get())
          : take(session, collection, owner, now, lease);
    });
  }

  private static AcquireResult want(Session session, CollectionId collection, Lease holder)
      throws SQLException {
    int first =
        session.update(
            "UPDATE lock SET wanted = 1 WHERE collection = ? AND wanted = 0",
            collection.toString());
    Lease wanted =
        new Lease(holder.owner(), holder.epoch(), holder.expiresAt(), holder.heartbeatAt(), true);
    return new AcquireResult.Held(wanted, first > 0);
  }

  private static AcquireResult take(
      Session session, CollectionId collection, String owner, Instant now, Duration lease)
      throws SQLException {
    return session
        .first(
            "INSERT INTO lock (collection, epoch, owner, expires_at, heartbeat_at, wanted)"
                + " VALUES (?1, 1, ?2, ?3, ?4, 0) ON CONFLICT (collection) DO UPDATE SET"
                + " epoch = epoch + 1, owner = ?2, expires_at = ?3, heartbeat_at = ?4, wanted = 0"
                + " RETURNING epoch",
            row -> new AcquireResult.Acquired(new Epoch(row.getLong(1))),
            collection.toString(),
            owner,
            now.plus(lease).toEpochMilli(),
            now.toEpochMilli())
        .orElseThrow();
  }

  @Override
  public boolean heartbeat(CollectionId collection, Epoch epoch, Instant now, Duration lease) {
    return changed(
        "UPDATE lock SET expires_at = ?, heartbeat_at = ?" + HELD_WITH,
        now.plus(lease).toEpochMilli(),
        now.toEpochMilli(),
        collection.toString(),
        epoch.value());
  }

  @Override
  public boolean releaseUnlessWanted(CollectionId collection, Epoch epoch) {
    return database.writeUnsynced(session -> {
      int cleared =
          session.update(
              "UPDATE lock SET wanted = 0" + HELD_WITH + " AND wanted = 1",
              collection.toString(),
              epoch.value());
      return cleared == 0 && release(session, collection, epoch);
    });
  }

  @Override
  public void release(CollectionId collection, Epoch epoch) {
    database.writeUnsynced(session -> release(session, collection, epoch));
  }

  /** True also when the lock was lost before: then there is nothing to release. */
  private static boolean release(Session session, CollectionId collection, Epoch epoch)
      throws SQLException {
    session.update(
        "UPDATE lock SET owner = NULL, wanted = 0" + HELD_WITH,
        collection.toString(),
        epoch.value());
    return true;
  }

  @Override
  public Optional<Lease> read(CollectionId collection) {
    return database.read(session -> find(session, collection));
  }

  @Override
  public void record(CollectionId collection, RunRecord run) {
    database.writeUnsynced(session -> {
      RunRows.insert(session, collection, run);
      return run;
    });
  }

  @Override
  public List<RunRecord> lastRuns(CollectionId collection) {
    return database.read(session -> RunRows.newestFirst(session, collection));
  }

  @Override
  public void raiseEpoch(CollectionId collection, Epoch atLeast) {
    database.write(session ->
        session.update(
            "INSERT INTO lock (collection, epoch, owner, expires_at, heartbeat_at, wanted)"
                + " VALUES (?1, ?2, NULL, 0, 0, 0) ON CONFLICT (collection) DO UPDATE SET"
                + " epoch = max(epoch, ?2)",
            collection.toString(),
            atLeast.value()));
  }

  @Override
  public void forget(CollectionId collection) {
    changed("DELETE FROM lock WHERE collection = ?", collection.toString());
    changed("DELETE FROM run WHERE collection = ?", collection.toString());
  }

  private boolean changed(String sql, Object... parameters) {
    return database.writeUnsynced(session -> session.update(sql, parameters)) > 0;
  }

  private static Optional<Lease> find(Session session, CollectionId collection)
      throws SQLException {
    return session.first(
        "SELECT owner, epoch, expires_at, heartbeat_at, wanted FROM lock"
            + " WHERE collection = ? AND owner NOT NULL",
        SqliteLeaseStore::leaseOf,
        collection.toString());
  }

  private static Lease leaseOf(ResultSet row) throws SQLException {
    return new Lease(
        row.getString(1),
        new Epoch(row.getLong(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getBoolean(5));
  }
}
