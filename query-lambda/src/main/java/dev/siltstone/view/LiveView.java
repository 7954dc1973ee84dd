package dev.siltstone.view;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.collection.Space;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
import dev.siltstone.tail.LogPlace;
import dev.siltstone.tail.Tail;
import dev.siltstone.tail.TailView;
import java.util.Optional;

/** A collection's newest snapshot on this machine, with the tail on it. */
final class LiveView {
  private final OpenSnapshot base;
  private final Tail tail;
  private final Space space;

  private LiveView(OpenSnapshot base, Space space) {
    this.base = base;
    this.space = space;
    this.tail = new Tail(base, folded(base), space);
  }

  static LiveView on(OpenSnapshot base, Space space) {
    return new LiveView(base, space);
  }

  /** The same records on a newer snapshot: what that one does not fold is appended again. */
  LiveView rebased(OpenSnapshot newer) {
    LiveView moved = on(newer, space);
    for (LogPlace place : tail.placesAfter(folded(newer))) {
      moved.tail.append(place);
    }
    return moved;
  }

  Tail tail() {
    return tail;
  }

  Sequence sequence() {
    return tail.view().sequence();
  }

  Generation generation() {
    return generation(base);
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
