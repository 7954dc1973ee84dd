package dev.siltstone.snapshot;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One version of a collection; see the package for its fields. */
public record Manifest(
    CollectionId collection,
    Generation generation,
    CommitId commit,
    Epoch epoch,
    Instant createdAt,
    List<Ancestor> ancestry,
    Sequence folded,
    @Nullable VectorShape shape,
    Space space,
    List<SegmentEntry> segments,
    ContentChecksum content,
    long liveRecords,
    List<FoldedRange> foldedRanges,
    List<RetainedSnapshot> retained,
    List<RetiredObject> retired,
    List<Pin> pins,
    List<RolledBack> rollbacks) {
  /** Ancestors that a manifest remembers: enough to know one's own commit after a long pause. */
  public static final int MAX_ANCESTRY = 64;

  /** Rollbacks that a manifest remembers. */
  public static final int MAX_ROLLBACKS = 64;

  public Manifest {
    ancestry = List.copyOf(ancestry);
    segments = List.copyOf(segments);
    foldedRanges = List.copyOf(foldedRanges);
    retained = List.copyOf(retained);
    retired = List.copyOf(retired);
    pins = List.copyOf(pins);
    rollbacks = List.copyOf(rollbacks);
  }

  /** The key that this manifest is stored under. */
  public ObjectKey key() {
    return ObjectLayout.manifest(collection, generation, createdAt, epoch, commit);
  }

  /** This version, as it would be with these older snapshots. */
  public Manifest withOlder(List<RetainedSnapshot> older, List<RetiredObject> gone) {
    return new Manifest(
        collection,
        generation,
        commit,
        epoch,
        createdAt,
        ancestry,
        folded,
        shape,
        space,
        segments,
        content,
        liveRecords,
        foldedRanges,
        older,
        gone,
        pins,
        rollbacks);
  }

  /** What a version that replaces this one remembers of its ancestors. */
  public List<Ancestor> ancestryOfNext() {
    return Stream.concat(Stream.of(new Ancestor(generation, commit)), ancestry.stream())
        .limit(MAX_ANCESTRY)
        .toList();
  }

  /** Whether this version is the given commit or descends from it, as far as it remembers. */
  public boolean contains(CommitId other) {
    return commit.equals(other)
        || ancestry.stream().anyMatch(ancestor -> ancestor.commit().equals(other));
  }

  /** Whether a rollback to this older snapshot may be on its way. */
  public boolean pins(Generation older) {
    return pins.stream().anyMatch(pin -> pin.generation().equals(older));
  }

  /** An older snapshot that stays readable, if it is one. */
  public Optional<RetainedSnapshot> retained(Generation older) {
    return retained.stream().filter(kept -> kept.generation().equals(older)).findFirst();
  }

  /** This version as those after it will name it. */
  public RetainedSnapshot asRetained() {
    return new RetainedSnapshot(generation, key(), folded, createdAt);
  }

  /** The rollback that took the write at this place out of this version, if one has. */
  public Optional<RolledBack> givenUpBy(Sequence place) {
    Sequence last = folded;
    for (RolledBack rollback : rollbacks) {
      if (rollback.sequence().compareTo(last) > 0) {
        continue;
      }
      if (place.compareTo(rollback.sequence()) >= 0) {
        return Optional.empty();
      }
      if (place.compareTo(rollback.targetFolded()) > 0) {
        return Optional.of(rollback);
      }
      last = rollback.targetFolded();
    }
    return Optional.empty();
  }
}
