package dev.siltstone.collection.aws;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.LogStart;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of the AWS family.
 *
 * <p>{@link #reset} scans the table, which the permissions of the deployed functions do not allow:
 * it is for tests and for people.
 */
public final class DynamoCatalog implements Catalog {
  private static final int PAGE = 100;

  /** A reset drops what tokens reach, not the tokens. */
  private static final Set<String> KEPT = Set.of(TableLayout.tombstones(), TableLayout.tokens());

  private final AwsTable table;
  private final DynamoTenants tenants;
  private final DynamoDatabases databases;
  private final DynamoCollections collections;
  private final CollectionDrop drop;

  public DynamoCatalog(AwsTable table) {
    this.table = table;
    this.drop = new CollectionDrop(table);
    this.tenants = new DynamoTenants(table);
    this.databases = new DynamoDatabases(table, tenants, drop);
    this.collections = new DynamoCollections(table, databases);
  }

  @Override
  public void createTenant(TenantName name) {
    tenants.create(name);
  }

  @Override
  public Optional<TenantName> tenant(TenantName name) {
    return tenants.find(name);
  }

  @Override
  public void createDatabase(Database database) {
    databases.create(database);
  }

  @Override
  public Optional<Database> database(TenantName tenant, DatabaseName name) {
    return databases.find(tenant, name);
  }

  @Override
  public List<Database> databases(TenantName tenant, int limit, int offset) {
    return databases.list(tenant, limit, offset);
  }

  @Override
  public void dropDatabase(TenantName tenant, DatabaseName name) {
    databases.drop(tenant, name);
  }

  @Override
  public Collection createCollection(Collection collection) {
    return collections.create(collection);
  }

  @Override
  public void restoreCollection(Collection collection, LogStart log) {
    collections.restore(collection, log);
  }

  @Override
  public Optional<Collection> collection(
      TenantName tenant, DatabaseName database, CollectionName name) {
    return collections.find(tenant, database, name);
  }

  @Override
  public Optional<Collection> collection(CollectionId id) {
    return collections.find(id);
  }

  @Override
  public List<Collection> collections(
      TenantName tenant, DatabaseName database, int limit, int offset) {
    return collections.list(tenant, database, limit, offset);
  }

  @Override
  public int countCollections(TenantName tenant, DatabaseName database) {
    return collections.count(tenant, database);
  }

  @Override
  public boolean updateCollection(Collection changed) {
    return collections.update(changed);
  }

  @Override
  public boolean dropCollection(CollectionId id) {
    return drop.one(id);
  }

  @Override
  public List<CollectionId> collectionsAfter(@Nullable CollectionId after, int limit) {
    return idsAfter(TableLayout.allCollections(), after, limit);
  }

  @Override
  public List<CollectionId> tombstonesAfter(@Nullable CollectionId after, int limit) {
    return idsAfter(TableLayout.tombstones(), after, limit);
  }

  private List<CollectionId> idsAfter(String listing, @Nullable CollectionId after, int limit) {
    TableQuery query =
        after == null
            ? TableQuery.of(listing)
            : TableQuery.after(listing, TableLayout.order(after));
    return table.query(query, limit).stream()
        .map(item -> CollectionId.parse(item.text(TableLayout.ID)))
        .toList();
  }

  @Override
  public void reset() {
    for (List<CollectionId> page = collectionsAfter(null, PAGE);
        !page.isEmpty();
        page = collectionsAfter(null, PAGE)) {
      page.forEach(drop::one);
    }
    table.deleteAll(
        table.scan(TableLayout.CATALOG_PREFIX).stream()
            .filter(key -> !KEPT.contains(key.text(TableLayout.PK)))
            .toList());
    tenants.createDefaults();
  }
}
