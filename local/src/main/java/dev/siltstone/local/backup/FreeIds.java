package dev.siltstone.local.backup;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SnapshotStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Under which id a collection goes into a store: its own, unless it was dropped there, which is for
 * ever, or an unfinished copy of another moment lies there. Then under one that follows from what
 * is copied, so that a second attempt comes to the same.
 */
final class FreeIds {
  private static final int PAGE = 1_000;

  private final Catalog catalog;
  private final SnapshotStore snapshots;

  FreeIds(Catalog catalog, SnapshotStore snapshots) {
    this.catalog = catalog;
    this.snapshots = snapshots;
  }

  /**
   * The id.
   *
   * @throws AlreadyExistsException if name or id is taken
   * @throws InvalidRequestException if it must be another than its own, and writes are not folded:
   *     deltas say whose they are
   */
  CollectionId choose(CollectionMoment moment) {
    Collection collection = moment.collection();
    catalog
        .collection(collection.tenant(), collection.database(), collection.name())
        .ifPresent(FreeIds::refuse);
    Set<CollectionId> dropped = dropped();
    CollectionId candidate = collection.id();
    while (dropped.contains(candidate) || isOfAnother(moment, candidate)) {
      candidate = next(candidate, new CopyPlan(moment, candidate, Instant.EPOCH).commit());
    }
    catalog.collection(candidate).ifPresent(FreeIds::refuse);
    if (!candidate.equals(collection.id()) && moment.hasUnfoldedWrites()) {
      throw new InvalidRequestException(
          "collection %s cannot come back under its id, which was dropped or belongs to another unfinished restore; it gets a new one once a snapshot holds all its writes: run ./siltstone compact %s on what is copied, and try again"
              .formatted(collection.name(), collection.name()));
    }
    return candidate;
  }

  private static void refuse(Collection existing) {
    throw new AlreadyExistsException(
        "Collection [%s] already exists, with id %s; nothing was changed"
            .formatted(existing.name(), existing.id()));
  }

  private boolean isOfAnother(CollectionMoment moment, CollectionId candidate) {
    Optional<CommitId> found =
        catalog.collection(candidate).isPresent()
            ? Optional.empty()
            : snapshots.current(candidate).map(Published::pointer).map(pointer -> pointer.commit());
    return found.isPresent()
        && !found.get().equals(new CopyPlan(moment, candidate, Instant.EPOCH).commit());
  }

  private static CollectionId next(CollectionId taken, CommitId copy) {
    String name = "instead of %s for %s".formatted(taken, copy);
    return new CollectionId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  private Set<CollectionId> dropped() {
    Set<CollectionId> dropped = new HashSet<>();
    List<CollectionId> page = catalog.tombstonesAfter(null, PAGE);
    while (!page.isEmpty()) {
      dropped.addAll(page);
      page = catalog.tombstonesAfter(page.getLast(), PAGE);
    }
    return dropped;
  }
}
