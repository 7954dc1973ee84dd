package dev.siltstone.query;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collections' settings, read once and then kept until their version on the log's head moves. What
 * a view needs of them (the space) never changes.
 */
public final class CollectionSettings {
  private final Catalog catalog;
  private final Map<CollectionId, Collection> known = new ConcurrentHashMap<>();

  public CollectionSettings(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A collection's settings, perhaps of an older version.
   *
   * @throws NotFoundException if it does not exist
   */
  Collection of(CollectionId id) {
    Collection collection = known.get(id);
    return collection != null ? collection : read(id);
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
