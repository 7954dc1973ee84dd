package dev.siltstone.gc;

import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.TipResult;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.PublishResult;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.RetiredObject;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes the current version again, with the collector's epoch and the next generation, and
 * moves the tip to it. It has the same records as its parent, which is therefore retired at once.
 */
public final class PointerFence implements Fence {
  private final SnapshotStore snapshots;
  private final DeltaLog log;
  private final RetentionPolicy retention;
  private final TimeOrderedIds ids;
  private final Clock clock;

  public PointerFence(
      SnapshotStore snapshots,
      DeltaLog log,
      RetentionPolicy retention,
      TimeOrderedIds ids,
      Clock clock) {
    this.snapshots = snapshots;
    this.log = log;
    this.retention = retention;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public Optional<Published> take(Published current, Epoch epoch, Set<ObjectKey> gone) {
    Manifest next = sameContent(current.manifest(), epoch, gone);
    return switch (snapshots.publish(next, current)) {
      case PublishResult.Won won ->
          tipMoves(won.published()) && won.published().manifest().commit().equals(next.commit())
              ? Optional.of(won.published())
              : Optional.empty();
      case PublishResult.Lost _ -> Optional.empty();
      case PublishResult.Fenced fenced ->
          throw new FencedException(
              "collection %s: pointer has epoch %s, the collector %s"
                  .formatted(next.collection(), fenced.epoch(), epoch));
      case PublishResult.StillUnknown unknown ->
          throw new OutcomeUnknownException(
              "collection %s: the collector's fence of generation %s has no known outcome; nothing is deleted"
                  .formatted(next.collection(), unknown.generation()));
    };
  }

  @Override
  public Manifest preview(Manifest current) {
    RetentionPolicy.Outcome older =
        retention.apply(current, current.folded(), current.pins(), clock.now());
    List<RetiredObject> retired =
        older.retired().stream().filter(object -> !object.key().equals(current.key())).toList();
    return current.withOlder(older.retained(), retired);
  }

  /** Readers that ask for the tip from now on get a snapshot that stays. */
  private boolean tipMoves(Published published) {
    return switch (log.moveTip(published.manifest().collection(), published.tip())) {
      case TipResult.Moved _ -> true;
      case TipResult.AlreadyThere there ->
          there.tip().generation().equals(published.manifest().generation());
      case TipResult.CollectionGone _ -> false;
    };
  }

  private Manifest sameContent(Manifest parent, Epoch epoch, Set<ObjectKey> gone) {
    Instant now = clock.now();
    RetentionPolicy.Outcome older = retention.apply(parent, parent.folded(), parent.pins(), now);
    List<RetiredObject> retired =
        older.retired().stream().filter(object -> !gone.contains(object.key())).toList();
    return new Manifest(
        parent.collection(),
        parent.generation().next(),
        new CommitId(ids.next()),
        epoch,
        now,
        parent.ancestryOfNext(),
        parent.folded(),
        parent.shape(),
        parent.space(),
        parent.segments(),
        parent.content(),
        parent.liveRecords(),
        parent.foldedRanges(),
        older.retained(),
        retired,
        parent.pins(),
        parent.rollbacks());
  }
}
