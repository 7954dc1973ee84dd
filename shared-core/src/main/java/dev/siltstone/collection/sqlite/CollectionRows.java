package dev.siltstone.collection.sqlite;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.json.MetadataJson;
import dev.siltstone.sqlite.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of the table {@code collection}. */
final class CollectionRows {
  private static final String COLUMNS =
      "id, tenant, database, name, space, max_neighbors, ef_construction, ef_search, threads,"
          + " resize_factor, batch_size, sync_threshold, embedding_function, schema, metadata,"
          + " settings_version";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM collection WHERE ";

  private CollectionRows() {}

  static Optional<Collection> find(
      Session session, TenantName tenant, DatabaseName database, CollectionName name)
      throws SQLException {
    return session.first(
        SELECT + "tenant = ? AND database = ? AND name = ?",
        CollectionRows::read,
        tenant.value(),
        database.value(),
        name.value());
  }

  static Optional<Collection> find(Session session, CollectionId id) throws SQLException {
    return session.first(SELECT + "id = ?", CollectionRows::read, id.toString());
  }

  static List<Collection> list(
      Session session, TenantName tenant, DatabaseName database, int limit, int offset)
      throws SQLException {
    return session.list(
        SELECT + "tenant = ? AND database = ? ORDER BY number LIMIT ? OFFSET ?",
        CollectionRows::read,
        tenant.value(),
        database.value(),
        limit,
        offset);
  }

  static void insert(Session session, Collection collection) throws SQLException {
    session.update(
        "INSERT INTO collection ("
            + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        collection.id().toString(),
        collection.tenant().value(),
        collection.database().value(),
        collection.name().value(),
        collection.space().wireName(),
        collection.hnsw().maxNeighbors(),
        collection.hnsw().efConstruction(),
        collection.hnsw().efSearch(),
        collection.hnsw().threads(),
        collection.hnsw().resizeFactor(),
        collection.hnsw().batchSize(),
        collection.hnsw().syncThreshold(),
        collection.embeddingFunctionJson(),
        collection.schemaJson(),
        MetadataJson.text(collection.metadata()),
        collection.settingsVersion());
  }

  /** Everything but where the collection belongs. */
  static void update(Session session, Collection changed) throws SQLException {
    session.update(
        "UPDATE collection SET name = ?, space = ?, max_neighbors = ?, ef_construction = ?,"
            + " ef_search = ?, threads = ?, resize_factor = ?, batch_size = ?, sync_threshold = ?,"
            + " embedding_function = ?, schema = ?, metadata = ?, settings_version = ?"
            + " WHERE id = ?",
        changed.name().value(),
        changed.space().wireName(),
        changed.hnsw().maxNeighbors(),
        changed.hnsw().efConstruction(),
        changed.hnsw().efSearch(),
        changed.hnsw().threads(),
        changed.hnsw().resizeFactor(),
        changed.hnsw().batchSize(),
        changed.hnsw().syncThreshold(),
        changed.embeddingFunctionJson(),
        changed.schemaJson(),
        MetadataJson.text(changed.metadata()),
        changed.settingsVersion(),
        changed.id().toString());
  }

  /** Whether a collection has the id, or had it. */
  static boolean isKnown(Session session, CollectionId id) throws SQLException {
    return session
        .first(
            "SELECT 1 FROM collection WHERE id = ?1"
                + " UNION ALL SELECT 1 FROM tombstone WHERE collection = ?1",
            _ -> true,
            id.toString())
        .isPresent();
  }

  /** Turns the collections of a condition into tombstones; returns how many. */
  static int drop(Session session, String condition, Object... parameters) throws SQLException {
    String chosen = "SELECT id FROM collection WHERE " + condition;
    session.update("INSERT OR IGNORE INTO tombstone " + chosen, parameters);
    session.update("DELETE FROM head WHERE collection IN (" + chosen + ")", parameters);
    return session.update("DELETE FROM collection WHERE " + condition, parameters);
  }

  private static Collection read(ResultSet row) throws SQLException {
    return new Collection(
        CollectionId.parse(row.getString(1)),
        new TenantName(row.getString(2)),
        new DatabaseName(row.getString(3)),
        new CollectionName(row.getString(4)),
        Space.parse(row.getString(5)),
        hnsw(row),
        row.getString(13),
        row.getString(14),
        MetadataJson.metadata(row.getString(15)),
        row.getLong(16));
  }

  private static HnswParameters hnsw(ResultSet row) throws SQLException {
    return new HnswParameters(
        row.getInt(6),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9),
        row.getDouble(10),
        row.getInt(11),
        row.getInt(12));
  }
}
