package dev.siltstone.simulated;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.LogStart;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.record.Metadata;
import dev.siltstone.simulation.Wire;
import dev.siltstone.simulation.Wire.Call;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A catalog of one collection, which nobody changes. */
final class SimulatedCatalog implements Catalog {
  static final Collection COLLECTION =
      new Collection(
          new CollectionId(new UUID(0x0198L << 48 | 0x7000, 1L << 63)),
          TenantName.DEFAULT,
          DatabaseName.DEFAULT,
          new CollectionName("simulated"),
          Space.L2,
          HnswParameters.DEFAULT,
          null,
          null,
          Metadata.NONE,
          0);

  private final Wire wire;

  SimulatedCatalog(Wire wire) {
    this.wire = wire;
  }

  @Override
  public Optional<Collection> collection(CollectionId id) {
    return wire.call(
        new Call("collection", id.toString(), false),
        () -> Optional.of(COLLECTION).filter(found -> found.id().equals(id)));
  }

  @Override
  public Optional<Collection> collection(
      TenantName tenant, DatabaseName database, CollectionName name) {
    return collection(COLLECTION.id()).filter(found -> found.name().equals(name));
  }

  @Override
  public List<CollectionId> collectionsAfter(@Nullable CollectionId after, int limit) {
    return after == null ? List.of(COLLECTION.id()) : List.of();
  }

  @Override
  public List<CollectionId> tombstonesAfter(@Nullable CollectionId after, int limit) {
    return List.of();
  }

  @Override
  public void createTenant(TenantName name) {
    throw fixed();
  }

  @Override
  public Optional<TenantName> tenant(TenantName name) {
    throw fixed();
  }

  @Override
  public void createDatabase(Database database) {
    throw fixed();
  }

  @Override
  public Optional<Database> database(TenantName tenant, DatabaseName name) {
    throw fixed();
  }

  @Override
  public List<Database> databases(TenantName tenant, int limit, int offset) {
    throw fixed();
  }

  @Override
  public void dropDatabase(TenantName tenant, DatabaseName name) {
    throw fixed();
  }

  @Override
  public Collection createCollection(Collection collection) {
    throw fixed();
  }

  @Override
  public void restoreCollection(Collection collection, LogStart log) {
    throw fixed();
  }

  @Override
  public List<Collection> collections(
      TenantName tenant, DatabaseName database, int limit, int offset) {
    throw fixed();
  }

  @Override
  public int countCollections(TenantName tenant, DatabaseName database) {
    throw fixed();
  }

  @Override
  public boolean updateCollection(Collection changed) {
    throw fixed();
  }

  @Override
  public boolean dropCollection(CollectionId id) {
    throw fixed();
  }

  @Override
  public void reset() {
    throw fixed();
  }

  private static UnsupportedOperationException fixed() {
    return new UnsupportedOperationException("nobody administers this catalog");
  }
}
