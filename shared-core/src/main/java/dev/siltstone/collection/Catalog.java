package dev.siltstone.collection;

import dev.siltstone.identity.CollectionId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tenants, databases and collections exist. Every change is atomic; of racing creators of one
 * name exactly one wins. Reads are consistent. Creating a collection creates its log head in the
 * same step; dropping one removes the head in the same step and leaves a tombstone, so that a
 * writer can never get a place in a dropped collection. The default tenant and its default database
 * exist from the start.
 *
 * <p>Methods throw {@link dev.siltstone.failure.UnavailableException} and, for writes, {@link
 * dev.siltstone.failure.OutcomeUnknownException} as {@link dev.siltstone.storage.ObjectStore} does.
 *
 * <p>Clients see the messages of the other failures and match on them: {@code Tenant [t] already
 * exists}, {@code Database [d] already exists}, {@code Database [d] not found} (drop), {@code
 * Database [d] does not exist} (create a collection), {@code Collection [name] already exists}
 * (rename) and {@code Collection [id] does not exist.}
 */
public interface Catalog {
  /**
   * Creates a tenant.
   *
   * @throws dev.siltstone.failure.AlreadyExistsException if the name is taken
   */
  void createTenant(TenantName name);

  Optional<TenantName> tenant(TenantName name);

  /**
   * Creates a database.
   *
   * @throws dev.siltstone.failure.AlreadyExistsException if the tenant has one of this name
   */
  void createDatabase(Database database);

  Optional<Database> database(TenantName tenant, DatabaseName name);

  /** In order of creation. */
  List<Database> databases(TenantName tenant, int limit, int offset);

  /**
   * Drops a database and every collection in it.
   *
   * @throws dev.siltstone.failure.NotFoundException if there is none
   */
  void dropDatabase(TenantName tenant, DatabaseName name);

  /**
   * Creates a collection, its name entry and its log head, or returns the one that has the name.
   * The result's id tells which: it equals {@code collection.id()} exactly when this call created
   * it.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if the database does not exist
   */
  Collection createCollection(Collection collection);

  /**
   * Brings back a collection with the id it had, whose log and snapshot have been put down before:
   * its entries and its log head, which begins where the log ends, appear in one step.
   *
   * @throws dev.siltstone.failure.AlreadyExistsException if the name or the id is taken, or the id
   *     was dropped here, which is for ever
   * @throws dev.siltstone.failure.InvalidRequestException if the database does not exist
   */
  void restoreCollection(Collection collection, LogStart log);

  Optional<Collection> collection(TenantName tenant, DatabaseName database, CollectionName name);

  Optional<Collection> collection(CollectionId id);

  /** In order of creation. */
  List<Collection> collections(TenantName tenant, DatabaseName database, int limit, int offset);

  int countCollections(TenantName tenant, DatabaseName database);

  /**
   * Replaces a collection's settings if its version is still {@code changed.settingsVersion() - 1};
   * renames if the name differs. Returns false when the version has moved: re-read and try again.
   *
   * @throws dev.siltstone.failure.NotFoundException if the collection is gone
   * @throws dev.siltstone.failure.AlreadyExistsException if the new name is taken
   */
  boolean updateCollection(Collection changed);

  /**
   * Drops a collection: its entries and its log head go, a tombstone stays. Returns false if it was
   * gone already.
   */
  boolean dropCollection(CollectionId id);

  /** Collections in order of id, for sweeps. */
  List<CollectionId> collectionsAfter(@Nullable CollectionId after, int limit);

  /** Dropped collections in order of id: their files and log are to be swept. */
  List<CollectionId> tombstonesAfter(@Nullable CollectionId after, int limit);

  /** Drops everything; leaves the default tenant and its default database. */
  void reset();
}
