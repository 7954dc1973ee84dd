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
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogReader;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.tail.Tail;
import dev.siltstone.time.Clock;
import dev.siltstone.view.Approach.WhenSnapshotFails;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * The views of all collections read on this machine.
 *
 * <p>A strong read looks at head and tip in one call. If the live view has every place up to the
 * head, that was all. Otherwise the missing places are read from the log (holes are voided after a
 * grace) and their deltas appended to the tail; concurrent reads share that work. When the tip
 * names a newer snapshot, it is opened in the background and the tail moves onto it: places that
 * the view has already are not read again. While that takes long the older snapshot answers, with
 * its longer tail. When it fails, strong reads are refused until it succeeds; the older snapshot
 * answers the others as far as its tail reaches.
 */
public final class CollectionViews implements AutoCloseable {
  private final ViewSources sources;
  private final SnapshotCache snapshots;
  private final Executor background;
  private final Map<CollectionId, ViewSlot> slots = new ConcurrentHashMap<>();

  /**
   * Views that open snapshots by {@code background}.
   *
   * @param background runs the opening of snapshots, which lasts as long as their download; must
   *     not run it on the calling thread, nor on threads that the downloads themselves need
   */
  public CollectionViews(
      DeltaLog log,
      LogReader reader,
      DeltaBatches batches,
      SnapshotCache snapshots,
      Executor background,
      ReadPatience patience,
      Clock clock) {
    this.sources = new ViewSources(log, reader, batches, clock, patience);
    this.snapshots = snapshots;
    this.background = background;
  }

  /**
   * A view that satisfies {@code consistency}; the caller closes it.
   *
   * @param collection may still be being read: the look at head and tip does not wait for it
   * @throws NotFoundException if the collection does not exist
   * @throws InvalidRequestException if the token is of no write of this collection
   * @throws UnavailableException if a service does not answer, or the snapshot cannot be opened or
   *     is still being fetched
   */
  public ReadView open(SoonCollection collection, Consistency consistency) {
    return switch (consistency) {
      case Consistency.Strong _ -> newest(collection, WhenSnapshotFails.REFUSE);
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
    ReadView view =
        upTo(
            collection,
            look(collection.id()),
            sequence,
            WhenSnapshotFails.REFUSE,
            sources.reader().graceOfWriter());
    if (view.records().sequence().equals(sequence)) {
      return Optional.of(view);
    }
    view.close();
    return Optional.empty();
  }

  /**
   * The records of an older snapshot, or of the current one without the log after it; the caller
   * closes the view. Whatever of the snapshot is not here yet is fetched meanwhile.
   *
   * @throws NotFoundException if the collection does not exist, or the snapshot is not retained
   * @throws UnavailableException if a service does not answer
   */
  public ReadView openAsOf(Collection collection, SnapshotName asOf) {
    HeadAndTip now = look(collection.id());
    ObjectKey current = now.tip().manifest();
    if (current == null) {
      throw new NotFoundException("Collection [%s] has no snapshot yet".formatted(collection.id()));
    }
    try (OpenSnapshot newest = snapshots.open(collection.id(), current)) {
      RetainedSnapshot meant = asOf.in(newest.manifest().orElseThrow());
      OpenSnapshot held = snapshots.open(collection.id(), meant.manifest());
      Tail none = new Tail(held, meant.folded(), collection.space());
      return new ReadView(now.head(), none.view(), held);
    }
  }

  /** Lets go of a collection whose files here seem damaged: the next view compares all of them. */
  public void distrust(CollectionId collection) {
    snapshots.distrust(collection);
    forget(collection);
  }

  /** Lets go of a collection that was dropped. */
  public void forget(CollectionId collection) {
    ViewSlot slot = slots.remove(collection);
    if (slot != null) {
      slot.forget();
    }
    snapshots.forget(collection);
  }

  @Override
  public void close() {
    slots.keySet().forEach(this::forget);
  }

  private ReadView newest(SoonCollection collection, WhenSnapshotFails whenSnapshotFails) {
    HeadAndTip now = look(collection.id());
    return upTo(collection.get(), now, now.head().lastReserved(), whenSnapshotFails);
  }

  private ReadView atLeast(SoonCollection collection, Sequence token) {
    Optional<ReadView> held =
        held(collection, looked -> looked.view().sequence().compareTo(token) >= 0);
    if (held.isPresent()) {
      return held.get();
    }
    HeadAndTip now = look(collection.id());
    Collection known = collection.get();
    if (now.head().lastReserved().compareTo(token) < 0) {
      throw new InvalidRequestException(
          "freshness token %s is of no write of collection %s, whose last is %s"
              .formatted(token, known.id(), now.head().lastReserved()));
    }
    return upTo(known, now, token, WhenSnapshotFails.USE_OLDER);
  }

  private ReadView eventual(SoonCollection collection, Duration maxAge) {
    long oldest = sources.clock().nanoTime() - maxAge.toNanos();
    return held(collection, looked -> looked.atNanos() - oldest >= 0)
        .orElseGet(() -> newest(collection, WhenSnapshotFails.USE_OLDER));
  }

  /** The view of the last look, if there is one that is good enough; without any call. */
  private Optional<ReadView> held(
      SoonCollection collection, Predicate<ViewSlot.Looked> goodEnough) {
    ViewSlot slot = slots.get(collection.id());
    Optional<ReadView> held = slot == null ? Optional.empty() : slot.holdLooked(goodEnough);
    try {
      held.ifPresent(_ -> collection.get());
      return held;
    } catch (RuntimeException | Error e) {
      held.ifPresent(ReadView::close);
      throw e;
    }
  }

  private HeadAndTip look(CollectionId collection) {
    try {
      return sources.look(collection);
    } catch (NotFoundException e) {
      forget(collection);
      throw e;
    }
  }

  private ReadView upTo(
      Collection collection, HeadAndTip now, Sequence needed, WhenSnapshotFails whenSnapshotFails) {
    return upTo(collection, now, needed, whenSnapshotFails, sources.reader().grace());
  }

  private ReadView upTo(
      Collection collection,
      HeadAndTip now,
      Sequence needed,
      WhenSnapshotFails whenSnapshotFails,
      LogReader.Grace grace) {
    ViewSlot slot = slot(collection.id());
    return new Approach(sources, collection, slot, now, needed, whenSnapshotFails, grace).reach();
  }

  private ViewSlot slot(CollectionId collection) {
    return slots.computeIfAbsent(
        collection, _ -> new ViewSlot(snapshots, background, sources.clock()));
  }
}
