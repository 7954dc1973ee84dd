package dev.siltstone.view;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.Outcome;
import dev.siltstone.identity.CollectionId;
import java.util.concurrent.CompletableFuture;

/**
 * A collection whose settings may still be on their way, so that a first read asks for them and for
 * head and tip at the same time.
 */
public final class SoonCollection {
  private final CollectionId id;
  private final CompletableFuture<Collection> settings;

  /**
   * One whose settings arrive later.
   *
   * @param settings ends with {@link dev.siltstone.failure.NotFoundException} if there is no such
   *     collection where the caller may look
   */
  public SoonCollection(CollectionId id, CompletableFuture<Collection> settings) {
    this.id = id;
    this.settings = settings;
  }

  /** One that is known already. */
  public static SoonCollection of(Collection collection) {
    return new SoonCollection(collection.id(), CompletableFuture.completedFuture(collection));
  }

  public CollectionId id() {
    return id;
  }

  /**
   * Waits for the settings.
   *
   * @throws dev.siltstone.failure.NotFoundException if the collection does not exist
   */
  public Collection get() {
    return Outcome.of(settings);
  }
}
