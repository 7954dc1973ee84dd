package dev.siltstone.ingest;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the collection that a writer names. Whose a collection is never changes, so it is asked
 * once; whether it still exists is the head's to say. A name may change hands at any time and is
 * asked each time.
 */
final class CollectionDirectory {
  private static final int REMEMBERED = 10_000;

  private final Catalog catalog;
  private final Map<CollectionId, Owner> owners =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CollectionId, Owner> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Owner(TenantName tenant, DatabaseName database) {}

  CollectionDirectory(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The collection's id.
   *
   * @throws NotFoundException if that database has no such collection
   */
  CollectionId find(CollectionRef ref) {
    return switch (ref) {
      case CollectionRef.ById byId -> owned(byId);
      case CollectionRef.ByName byName ->
          catalog
              .collection(byName.tenant(), byName.database(), byName.name())
              .map(Collection::id)
              .orElseThrow(() -> missing(byName.name().value()));
    };
  }

  private CollectionId owned(CollectionRef.ById ref) {
    Owner owner = remembered(ref.id());
    if (owner == null) {
      owner =
          catalog
              .collection(ref.id())
              .map(found -> new Owner(found.tenant(), found.database()))
              .orElseThrow(() -> missing(ref.id().toString()));
      remember(ref.id(), owner);
    }
    if (!owner.equals(new Owner(ref.tenant(), ref.database()))) {
      throw missing(ref.id().toString());
    }
    return ref.id();
  }

  private synchronized @Nullable Owner remembered(CollectionId id) {
    return owners.get(id);
  }

  private synchronized void remember(CollectionId id, Owner owner) {
    owners.put(id, owner);
  }

  /** The words that clients match on. */
  static NotFoundException missing(String collection) {
    return new NotFoundException("Collection [%s] does not exist.".formatted(collection));
  }
}
