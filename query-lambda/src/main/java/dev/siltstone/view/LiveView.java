package dev.siltstone.view;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.collection.Space;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
import dev.siltstone.tail.LogPlace;
import dev.siltstone.tail.Tail;
import dev.siltstone.tail.TailView;
import java.util.List;
import java.util.Optional;

/**
 * A collection's newest snapshot on this machine, with the tail on it. Behind a rollback that no
 * snapshot folds yet, the tail stands on the rollback's target instead.
 */
final class LiveView {
  private final OpenSnapshot base;
  private final Generation generation;
  private final Sequence start;
  private final Tail tail;
  private final Space space;

  private LiveView(
      OpenSnapshot base, Generation generation, Sequence start, Tail tail, Space space) {
    this.base = base;
    this.generation = generation;
    this.start = start;
    this.tail = tail;
    this.space = space;
  }

  static LiveView on(OpenSnapshot base, Space space) {
    Sequence folded = folded(base);
    return new LiveView(base, generation(base), folded, new Tail(base, folded, space), space);
  }

  /** The same view with those of these places appended that it does not have yet. */
  LiveView followedBy(List<LogPlace> places) {
    places.stream()
        .filter(place -> place.sequence().compareTo(sequence()) > 0)
        .forEach(tail::append);
    return this;
  }

  /** What a rollback at this place leaves: exactly its target. */
  LiveView rolledBack(OpenSnapshot target, Sequence place) {
    return new LiveView(target, generation, place, new Tail(target, place, space), space);
  }

  /**
   * The same records on a newer snapshot: what that one does not fold is appended again. If it does
   * not even fold the rollback that this view begins with, only the generation changes, and {@code
   * newer} is closed.
   */
  LiveView rebased(OpenSnapshot newer) {
    if (folded(newer).compareTo(start) >= 0) {
      LiveView moved = on(newer, space);
      for (LogPlace place : tail.placesAfter(folded(newer))) {
        moved.tail.append(place);
      }
      return moved;
    }
    if (!base.retain()) {
      return on(newer, space);
    }
    newer.close();
    return new LiveView(base, generation(newer), start, tail, space);
  }

  Tail tail() {
    return tail;
  }

  Sequence sequence() {
    return tail.view().sequence();
  }

  /** Of the newest snapshot that this view agrees with. */
  Generation generation() {
    return generation;
  }

  static Generation generation(OpenSnapshot snapshot) {
    return snapshot.manifest().map(manifest -> manifest.generation()).orElse(Generation.ZERO);
  }

  /** Holds the view for one read; empty if the snapshot has been let go in the meantime. */
  Optional<ReadView> hold(Head head) {
    TailView now = tail.view();
    return base.retain() ? Optional.of(new ReadView(head, now, base)) : Optional.empty();
  }

  void letGo() {
    base.close();
  }

  private static Sequence folded(OpenSnapshot snapshot) {
    return snapshot.manifest().map(manifest -> manifest.folded()).orElse(Sequence.ZERO);
  }
}
