package dev.siltstone.view;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogReader;
import dev.siltstone.tail.DeltaBatch;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The views of all collections read on this machine.
 *
 * <p>A strong read looks at head and tip in one call. If the live view has every place up to the
 * head, that was all. Otherwise the missing places are read from the log (holes are voided after a
 * grace) and their deltas appended to the tail; concurrent reads share that work. When the tip
 * names a newer snapshot, the tail moves onto it: places that the view has already are not read
 * again.
 */
public final class CollectionViews implements AutoCloseable {
  private static final int MAX_ATTEMPTS = 16;

  private final DeltaLog log;
  private final LogReader reader;
  private final DeltaBatches batches;
  private final SnapshotCache snapshots;
  private final Clock clock;
  private final Map<CollectionId, Slot> slots = new ConcurrentHashMap<>();

  public CollectionViews(
      DeltaLog log, LogReader reader, DeltaBatches batches, SnapshotCache snapshots, Clock clock) {
    this.log = log;
    this.reader = reader;
    this.batches = batches;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * A view that satisfies {@code consistency}; the caller closes it.
   *
   * @throws NotFoundException if the collection does not exist
   * @throws InvalidRequestException if the token is of no write of this collection
   * @throws UnavailableException if a service does not answer
   */
  public ReadView open(Collection collection, Consistency consistency) {
    return switch (consistency) {
      case Consistency.Strong _ -> strong(collection);
      case Consistency.AtLeast atLeast -> atLeast(collection, atLeast.token());
      case Consistency.Eventual eventual -> eventual(collection, eventual.maxAge());
    };
  }

  /**
   * The view at exactly {@code sequence}, whose next place the caller has reserved.
   *
   * @return empty if the log has gone past it: somebody has voided the caller's place
   */
  public Optional<ReadView> openAt(Collection collection, Sequence sequence) {
    ReadView view = upTo(collection, look(collection.id()), sequence);
    if (view.records().sequence().equals(sequence)) {
      return Optional.of(view);
    }
    view.close();
    return Optional.empty();
  }

  /** Lets go of a collection that was dropped. */
  public void forget(CollectionId collection) {
    Slot slot = slots.remove(collection);
    if (slot != null) {
      slot.replace(null);
    }
    snapshots.forget(collection);
  }

  @Override
  public void close() {
    slots.keySet().forEach(this::forget);
  }

  private ReadView strong(Collection collection) {
    HeadAndTip now = look(collection.id());
    return upTo(collection, now, now.head().lastReserved());
  }

  private ReadView atLeast(Collection collection, Sequence token) {
    Optional<ReadView> held =
        slot(collection.id()).hold(looked -> looked.view().sequence().compareTo(token) >= 0);
    if (held.isPresent()) {
      return held.get();
    }
    HeadAndTip now = look(collection.id());
    if (now.head().lastReserved().compareTo(token) < 0) {
      throw new InvalidRequestException(
          "freshness token %s is of no write of collection %s, whose last is %s"
              .formatted(token, collection.id(), now.head().lastReserved()));
    }
    return upTo(collection, now, token);
  }

  private ReadView eventual(Collection collection, Duration maxAge) {
    long oldest = clock.nanoTime() - maxAge.toNanos();
    return slot(collection.id())
        .hold(looked -> looked.atNanos() - oldest >= 0)
        .orElseGet(() -> strong(collection));
  }

  private HeadAndTip look(CollectionId collection) {
    return log.read(collection)
        .orElseThrow(() -> {
          forget(collection);
          return new NotFoundException("Collection [%s] does not exist.".formatted(collection));
        });
  }

  private ReadView upTo(Collection collection, HeadAndTip now, Sequence needed) {
    Slot slot = slot(collection.id());
    HeadAndTip seen = now;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      LiveView live = slot.live;
      if (live != null && has(live, seen, needed)) {
        Optional<ReadView> held = live.hold(seen.head());
        if (held.isPresent()) {
          slot.looked = new Looked(live, seen.head(), clock.nanoTime());
          return held.get();
        }
      }
      seen = advance(collection, slot, seen, needed);
    }
    throw new UnavailableException(
        "collection %s is being published too fast to be read; try again"
            .formatted(collection.id()),
        null);
  }

  /** Whether a view can answer: it has every place needed, and stands on what the tip names. */
  private static boolean has(LiveView live, HeadAndTip seen, Sequence needed) {
    return live.sequence().compareTo(needed) >= 0
        && live.generation().compareTo(seen.tip().generation()) >= 0;
  }

  /** One step towards the places needed; returns the newest head and tip known. */
  private HeadAndTip advance(Collection collection, Slot slot, HeadAndTip seen, Sequence needed) {
    synchronized (slot) {
      LiveView live = onto(collection, slot, seen);
      Sequence have = live.sequence();
      if (have.compareTo(needed) >= 0) {
        return seen;
      }
      return switch (reader.readThrough(collection.id(), have, needed)) {
        case LogReader.Suffix.Entries found -> {
          DeltaBatch batch = batches.fetch(collection.id(), found.entries());
          if (batch == null) {
            yield look(collection.id());
          }
          batch.places().forEach(live.tail()::append);
          yield seen;
        }
        case LogReader.Suffix.TipPassed moved -> moved.now();
      };
    }
  }

  /** The live view on the snapshot that the tip names, or a newer one. */
  private LiveView onto(Collection collection, Slot slot, HeadAndTip seen) {
    LiveView live = slot.live;
    if (live != null && live.generation().compareTo(seen.tip().generation()) >= 0) {
      return live;
    }
    OpenSnapshot newer = snapshots.open(collection.id(), seen.tip().manifest());
    LiveView moved = live == null ? LiveView.on(newer, collection.space()) : live.rebased(newer);
    slot.replace(moved);
    return moved;
  }

  private Slot slot(CollectionId collection) {
    return slots.computeIfAbsent(collection, _ -> new Slot());
  }

  /** A look at head and tip, and the view that satisfied it then. */
  private record Looked(LiveView view, Head head, long atNanos) {}

  /** Where a collection's live view is kept; advanced by one thread at a time. */
  private static final class Slot {
    private volatile @Nullable LiveView live;
    private volatile @Nullable Looked looked;

    /** The view of the last look, if it is good enough and still there. */
    private Optional<ReadView> hold(Predicate<Looked> goodEnough) {
      Looked last = looked;
      return last != null && goodEnough.test(last)
          ? last.view().hold(last.head())
          : Optional.empty();
    }

    private void replace(@Nullable LiveView next) {
      LiveView old = live;
      live = next;
      if (old != null) {
        old.letGo();
      }
    }
  }
}
