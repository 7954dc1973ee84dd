package dev.siltstone.local.backup;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Database;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.operations.Verification;
import dev.siltstone.operations.Verifier;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.PublishResult;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.util.Optional;

/**
 * Copies one collection, in an order of which no part may be left out.
 *
 * <ol>
 *   <li>Objects, put if absent. A crash leaves objects that the next attempt finds.
 *   <li>The manifest, and the pointer if there is none. From here on the id in this store belongs
 *       to a copy of exactly this moment, which the pointer's commit says.
 *   <li>The lock's epoch, above those in the keys of the files; then tip and log, which is refused
 *       once the collection exists.
 *   <li>Tenant, database, and the collection's entry with the head of its log, in one step if name
 *       and id are free. Until here nobody sees anything, from here on all of it.
 * </ol>
 *
 * Two that copy the same moment into one store do the same, and one of them is told that the
 * collection exists. If a file goes away while it is copied, a newer snapshot has taken its place,
 * and the copy begins again with that one.
 */
final class CollectionCopy {
  private static final int MAX_ATTEMPTS = 5;

  private final OpenStore from;
  private final OpenStore to;
  private final CollectionReading reading;
  private final ObjectCopies objects;
  private final FreeIds ids;
  private final SnapshotStore snapshots;
  private final Clock clock;
  private final WorkProgress progress;

  CollectionCopy(
      OpenStore from,
      OpenStore to,
      CollectionReading reading,
      ObjectCopies objects,
      Clock clock,
      WorkProgress progress) {
    this.from = from;
    this.to = to;
    this.reading = reading;
    this.objects = objects;
    this.snapshots = new SnapshotStore(to.objects(), clock);
    this.ids = new FreeIds(to.catalog(), snapshots);
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Copies it and verifies the copy.
   *
   * @throws AlreadyExistsException if its name or id is taken in the copy
   * @throws InvalidRequestException if it can only come back under another id and has writes that
   *     no snapshot holds
   */
  CopiedCollection copy(CollectionId id) {
    for (int attempt = 1; ; attempt++) {
      CollectionMoment moment = reading.read(id);
      CopyPlan plan = new CopyPlan(moment, ids.choose(moment), clock.now());
      try {
        Carried carried = carry(plan);
        Manifest manifest = putDown(plan);
        return new CopiedCollection(
            plan.collection(),
            moment.head().lastReserved(),
            moment.head().lastReserved().value() - moment.folded().value(),
            carried,
            verify(manifest));
      } catch (NotFoundException e) {
        if (reading.isNewest(moment)) {
          throw new CorruptDataException(
              "collection %s: an object is missing that its newest snapshot or its log names"
                  .formatted(moment.collection().name()),
              e);
        }
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Carried carry(CopyPlan plan) {
    var wanted = plan.objects();
    long bytes = wanted.stream().mapToLong(WantedObject::bytes).sum();
    try (WorkProgress.Step step =
        progress.begin("bytes of " + plan.collection().name() + " copied", bytes)) {
      return objects.carry(wanted, plan.as(), step);
    }
  }

  private Manifest putDown(CopyPlan plan) {
    Published published = published(plan);
    to.leases().raiseEpoch(plan.as(), published.manifest().epoch());
    if (!to.logRestore().put(plan.as(), published.tip(), plan.entries())) {
      throw new AlreadyExistsException("Collection [" + plan.as() + "] already exists");
    }
    makeDatabase(plan.collection());
    to.catalog().restoreCollection(plan.collection(), plan.logStart());
    return published.manifest();
  }

  private Published published(CopyPlan plan) {
    Optional<Published> earlier = snapshots.current(plan.as());
    if (earlier.isPresent() && earlier.get().pointer().commit().equals(plan.commit())) {
      return earlier.get();
    }
    return switch (snapshots.restore(plan.manifest())) {
      case PublishResult.Won won -> won.published();
      case PublishResult.Lost _, PublishResult.Fenced _ ->
          throw new UnavailableException(
              "another copy of collection %s came in between; try again"
                  .formatted(plan.collection().name()),
              null);
      case PublishResult.StillUnknown _ ->
          throw new UnavailableException(
              "no answer to storing the pointer of collection %s; try again"
                  .formatted(plan.collection().name()),
              null);
    };
  }

  private void makeDatabase(Collection collection) {
    Catalog there = to.catalog();
    try {
      if (there.tenant(collection.tenant()).isEmpty()) {
        there.createTenant(collection.tenant());
      }
      if (there.database(collection.tenant(), collection.database()).isEmpty()) {
        Database database =
            from.catalog()
                .database(collection.tenant(), collection.database())
                .orElseThrow(() ->
                    new UnavailableException(
                        "database %s was dropped meanwhile".formatted(collection.database()),
                        null));
        there.createDatabase(database);
      }
    } catch (AlreadyExistsException _) {
      // Somebody else has made it meanwhile.
    }
  }

  private Verification verify(Manifest manifest) {
    long bytes = manifest.segments().stream().mapToLong(entry -> entry.segment().bytes()).sum();
    try (WorkProgress.Step step = progress.begin("bytes verified", bytes)) {
      return new Verifier(to.objects(), to.scratch().newFolder())
          .verify(manifest, null, step::advance);
    } catch (IOException e) {
      throw new UnavailableException("cannot use the scratch folder", e);
    }
  }
}
