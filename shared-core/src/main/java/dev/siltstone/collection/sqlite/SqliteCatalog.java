package dev.siltstone.collection.sqlite;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.LogStart;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalog in {@code siltstone.db}; each change is one synced transaction. */
public final class SqliteCatalog implements Catalog {
  private final EmbeddedDatabase database;

  /** The database is the caller's to close. */
  public SqliteCatalog(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public void createTenant(TenantName name) {
    int created =
        database.write(
            session -> session.update("INSERT OR IGNORE INTO tenant VALUES (?)", name.value()));
    if (created == 0) {
      throw new AlreadyExistsException("Tenant [" + name + "] already exists");
    }
  }

  @Override
  public Optional<TenantName> tenant(TenantName name) {
    return database.read(session ->
        session.first("SELECT name FROM tenant WHERE name = ?", _ -> name, name.value()));
  }

  @Override
  public void createDatabase(Database created) {
    int rows =
        database.write(session ->
            session.update(
                "INSERT INTO database (id, tenant, name) VALUES (?, ?, ?)"
                    + " ON CONFLICT (tenant, name) DO NOTHING",
                created.id().toString(),
                created.tenant().value(),
                created.name().value()));
    if (rows == 0) {
      throw new AlreadyExistsException("Database [" + created.name() + "] already exists");
    }
  }

  @Override
  public Optional<Database> database(TenantName tenant, DatabaseName name) {
    return database.read(session -> findDatabase(session, tenant, name));
  }

  @Override
  public List<Database> databases(TenantName tenant, int limit, int offset) {
    return database.read(session ->
        session.list(
            "SELECT id, tenant, name FROM database WHERE tenant = ?"
                + " ORDER BY number LIMIT ? OFFSET ?",
            SqliteCatalog::databaseOf,
            tenant.value(),
            limit,
            offset));
  }

  @Override
  public void dropDatabase(TenantName tenant, DatabaseName name) {
    database.write(session -> {
      int dropped =
          session.update(
              "DELETE FROM database WHERE tenant = ? AND name = ?", tenant.value(), name.value());
      if (dropped == 0) {
        throw new NotFoundException("Database [" + name + "] not found");
      }
      return CollectionRows.drop(
          session, "tenant = ? AND database = ?", tenant.value(), name.value());
    });
  }

  @Override
  public Collection createCollection(Collection collection) {
    return database.write(session -> create(session, collection));
  }

  private static Collection create(Session session, Collection collection) throws SQLException {
    requireDatabase(session, collection);
    Optional<Collection> existing =
        CollectionRows.find(session, collection.tenant(), collection.database(), collection.name());
    if (existing.isPresent()) {
      return existing.get();
    }
    insert(session, collection, LogStart.EMPTY);
    return collection;
  }

  private static void insert(Session session, Collection collection, LogStart log)
      throws SQLException {
    CollectionRows.insert(session, collection);
    session.update(
        "INSERT INTO head VALUES (?, ?, ?, ?, NULL, ?, ?)",
        collection.id().toString(),
        log.lastReserved().value() + 1,
        log.dimension(),
        log.embeddingFunction(),
        log.folded().value(),
        collection.settingsVersion());
  }

  @Override
  public void restoreCollection(Collection collection, LogStart log) {
    database.write(session -> {
      requireDatabase(session, collection);
      if (CollectionRows.find(
              session, collection.tenant(), collection.database(), collection.name())
          .isPresent()) {
        throw new AlreadyExistsException("Collection [" + collection.name() + "] already exists");
      }
      if (CollectionRows.isKnown(session, collection.id())) {
        throw new AlreadyExistsException(
            "Collection [" + collection.id() + "] exists here or was dropped here");
      }
      insert(session, collection, log);
      return collection;
    });
  }

  private static void requireDatabase(Session session, Collection collection) throws SQLException {
    if (findDatabase(session, collection.tenant(), collection.database()).isEmpty()) {
      throw new InvalidRequestException("Database [" + collection.database() + "] does not exist");
    }
  }

  @Override
  public Optional<Collection> collection(
      TenantName tenant, DatabaseName databaseName, CollectionName name) {
    return database.read(session -> CollectionRows.find(session, tenant, databaseName, name));
  }

  @Override
  public Optional<Collection> collection(CollectionId id) {
    return database.read(session -> CollectionRows.find(session, id));
  }

  @Override
  public List<Collection> collections(
      TenantName tenant, DatabaseName databaseName, int limit, int offset) {
    return database.read(
        session -> CollectionRows.list(session, tenant, databaseName, limit, offset));
  }

  @Override
  public int countCollections(TenantName tenant, DatabaseName databaseName) {
    return database.read(session ->
        session
            .first(
                "SELECT count(*) FROM collection WHERE tenant = ? AND database = ?",
                row -> row.getInt(1),
                tenant.value(),
                databaseName.value())
            .orElse(0));
  }

  @Override
  public boolean updateCollection(Collection changed) {
    return database.write(session -> update(session, changed));
  }

  private static boolean update(Session session, Collection changed) throws SQLException {
    Collection current =
        CollectionRows.find(session, changed.id())
            .orElseThrow(
                () -> new NotFoundException("Collection [" + changed.id() + "] does not exist."));
    if (current.settingsVersion() != changed.settingsVersion() - 1) {
      return false;
    }
    if (!current.name().equals(changed.name())
        && CollectionRows.find(session, current.tenant(), current.database(), changed.name())
            .isPresent()) {
      throw new AlreadyExistsException("Collection [" + changed.name() + "] already exists");
    }
    CollectionRows.update(session, changed);
    session.update(
        "UPDATE head SET settings_version = ? WHERE collection = ?",
        changed.settingsVersion(),
        changed.id().toString());
    return true;
  }

  @Override
  public boolean dropCollection(CollectionId id) {
    return database.write(session -> CollectionRows.drop(session, "id = ?", id.toString())) > 0;
  }

  @Override
  public List<CollectionId> collectionsAfter(@Nullable CollectionId after, int limit) {
    return ids("SELECT id FROM collection WHERE id > ? ORDER BY id LIMIT ?", after, limit);
  }

  @Override
  public List<CollectionId> tombstonesAfter(@Nullable CollectionId after, int limit) {
    return ids(
        "SELECT collection FROM tombstone WHERE collection > ? ORDER BY collection LIMIT ?",
        after,
        limit);
  }

  private List<CollectionId> ids(String sql, @Nullable CollectionId after, int limit) {
    String from = after == null ? "" : after.toString();
    return database.read(
        session -> session.list(sql, row -> CollectionId.parse(row.getString(1)), from, limit));
  }

  @Override
  public void reset() {
    database.write(session -> {
      CollectionRows.drop(session, "TRUE");
      session.update(
          "DELETE FROM database WHERE tenant <> ? OR name <> ?",
          TenantName.DEFAULT.value(),
          DatabaseName.DEFAULT.value());
      session.update("DELETE FROM tenant WHERE name <> ?", TenantName.DEFAULT.value());
      session.update("INSERT OR IGNORE INTO tenant VALUES (?)", TenantName.DEFAULT.value());
      return session.update(
          "INSERT OR IGNORE INTO database (id, tenant, name) VALUES (?, ?, ?)",
          new UUID(0, 0).toString(),
          TenantName.DEFAULT.value(),
          DatabaseName.DEFAULT.value());
    });
  }

  private static Optional<Database> findDatabase(
      Session session, TenantName tenant, DatabaseName name) throws SQLException {
    return session.first(
        "SELECT id, tenant, name FROM database WHERE tenant = ? AND name = ?",
        SqliteCatalog::databaseOf,
        tenant.value(),
        name.value());
  }

  private static Database databaseOf(ResultSet row) throws SQLException {
    return new Database(
        UUID.fromString(row.getString(1)),
        new TenantName(row.getString(2)),
        new DatabaseName(row.getString(3)));
  }
}
