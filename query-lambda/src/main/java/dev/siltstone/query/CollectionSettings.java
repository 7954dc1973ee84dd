package dev.siltstone.query;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Collections' settings, read once and then kept until their version on the log's head moves. What
 * a view needs of them (the space) never changes.
 */
public final class CollectionSettings {
  private final Catalog catalog;
  private final Executor readers;
  private final Map<CollectionId, Collection> known = new ConcurrentHashMap<>();

  /**
   * Settings out of this catalog.
   *
   * @param readers reads what is not known yet
   */
  public CollectionSettings(Catalog catalog, Executor readers) {
    this.catalog = catalog;
    this.readers = readers;
  }

  /** A collection's settings, perhaps of an older version; at once if they are known. */
  CompletableFuture<Collection> soon(CollectionId id) {
    Collection collection = known.get(id);
    return collection != null
        ? CompletableFuture.completedFuture(collection)
        : CompletableFuture.supplyAsync(() -> read(id), readers);
  }

  /** The settings of the version that the log's head names, or of a newer one. */
  Collection atLeast(Collection known, long version) {
    return known.settingsVersion() >= version ? known : read(known.id());
  }

  void forget(CollectionId id) {
    known.remove(id);
  }

  private Collection read(CollectionId id) {
    Collection collection =
        catalog
            .collection(id)
            .orElseThrow(
                () -> new NotFoundException("Collection [%s] does not exist.".formatted(id)));
    known.put(id, collection);
    return collection;
  }
}
