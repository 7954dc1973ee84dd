package dev.siltstone.compaction;

import dev.siltstone.collection.Collection;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.snapshot.FoldedRange;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Pin;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.RolledBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Composes a manifest: what is published now, and what it remembers of its ancestors. A snapshot
 * that leaves the retained ones is retired by its manifest's key; garbage collection finds from
 * there which of its files nothing else names.
 */
final class ManifestComposer {
  private static final int MAX_FOLDED_RANGES = 256;

  private final CompactionSettings settings;
  private final Collection collection;
  private final Generation generation;
  private final CommitId commit;
  private final Epoch epoch;
  private final Instant createdAt;

  ManifestComposer(
      CompactionSettings settings,
      Collection collection,
      Generation generation,
      CommitId commit,
      Epoch epoch,
      Instant createdAt) {
    this.settings = settings;
    this.collection = collection;
    this.generation = generation;
    this.commit = commit;
    this.epoch = epoch;
    this.createdAt = createdAt;
  }

  Manifest compose(NextVersion next, @Nullable Published parent) {
    Manifest before = parent == null ? null : parent.manifest();
    return compose(next, before, standingPins(before, next.folded()), rollbacks(before));
  }

  /** The parent's content again, with a snapshot pinned. */
  Manifest pinned(Manifest parent, Pin pin) {
    List<Pin> pins = new ArrayList<>(standingPins(parent, parent.folded()));
    pins.add(pin);
    return compose(NextVersion.same(parent), parent, pins, rollbacks(parent));
  }

  /**
   * The target's content again, at the rollback's place. It uses up one pin of the target: others
   * may be under way to the same one, and whichever pin was whose, those that stay last longer. The
   * one used up may end at this very place.
   */
  Manifest rolledBack(LogEntry.Rollback rollback, Manifest target, Manifest parent) {
    NextVersion next =
        new NextVersion(
            rollback.sequence(),
            parent.shape(),
            target.segments(),
            target.content(),
            target.liveRecords());
    RolledBack done =
        new RolledBack(
            rollback.sequence(), target.generation(), target.folded(), parent.generation());
    List<Pin> pins = new ArrayList<>(parent.pins());
    pins.stream()
        .filter(pin -> pin.generation().equals(target.generation()))
        .min(Comparator.comparing(Pin::through))
        .ifPresent(pins::remove);
    pins.removeIf(pin -> pin.through().compareTo(next.folded()) <= 0);
    List<RolledBack> rollbacks =
        Stream.concat(Stream.of(done), parent.rollbacks().stream())
            .limit(Manifest.MAX_ROLLBACKS)
            .toList();
    return compose(next, parent, pins, rollbacks);
  }

  private Manifest compose(
      NextVersion next, @Nullable Manifest before, List<Pin> pins, List<RolledBack> rollbacks) {
    RetentionPolicy.Outcome older =
        settings.retention().apply(before, next.folded(), pins, createdAt);
    return new Manifest(
        collection.id(),
        generation,
        commit,
        epoch,
        createdAt,
        before == null ? List.of() : before.ancestryOfNext(),
        next.folded(),
        next.shape(),
        collection.space(),
        next.segments(),
        next.content(),
        next.liveRecords(),
        foldedRanges(before, next.folded()),
        older.retained(),
        older.retired(),
        pins,
        rollbacks);
  }

  private static List<Pin> standingPins(@Nullable Manifest before, Sequence folded) {
    return before == null
        ? List.of()
        : before.pins().stream().filter(pin -> pin.through().compareTo(folded) > 0).toList();
  }

  private static List<RolledBack> rollbacks(@Nullable Manifest before) {
    return before == null ? List.of() : before.rollbacks();
  }

  private List<FoldedRange> foldedRanges(@Nullable Manifest before, Sequence folded) {
    Sequence after = before == null ? Sequence.ZERO : before.folded();
    List<FoldedRange> ranges = new ArrayList<>();
    if (!folded.equals(after)) {
      ranges.add(new FoldedRange(after, folded, generation));
    }
    if (before != null) {
      ranges.addAll(before.foldedRanges());
    }
    return ranges.subList(0, Math.min(ranges.size(), MAX_FOLDED_RANGES));
  }
}
