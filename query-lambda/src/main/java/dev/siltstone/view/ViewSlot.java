package dev.siltstone.view;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Collection;
import dev.siltstone.failure.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Generation;
import dev.siltstone.log.Head;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Tip;
import dev.siltstone.tail.LogPlace;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a collection's live view is kept; its own lock is held by the one thread that advances it.
 * Newer snapshots are opened in the background, one at a time, and replace the base of the view
 * when they are complete: reads go on meanwhile.
 */
final class ViewSlot {
  private static final Logger LOG = LoggerFactory.getLogger(ViewSlot.class);

  private final SnapshotCache snapshots;
  private final Executor background;
  private final Clock clock;
  private final ReentrantLock openingLock = new ReentrantLock();
  private @Nullable SnapshotOpening opening;
  private volatile @Nullable LiveView live;
  private volatile @Nullable Looked looked;
  private boolean forgotten;

  ViewSlot(SnapshotCache snapshots, Executor background, Clock clock) {
    this.snapshots = snapshots;
    this.background = background;
    this.clock = clock;
  }

  @Nullable LiveView live() {
    return live;
  }

  /** Holds a view that has answered a look at the head. */
  Optional<ReadView> hold(LiveView view, Head head) {
    Optional<ReadView> held = view.hold(head);
    if (held.isPresent()) {
      looked = new Looked(view, head, clock.nanoTime());
    }
    return held;
  }

  /** The view of the last look, if it is good enough and still there. */
  Optional<ReadView> holdLooked(Predicate<Looked> goodEnough) {
    Looked last = looked;
    return last != null && goodEnough.test(last) ? last.view().hold(last.head()) : Optional.empty();
  }

  /**
   * The opening of what the tip names: the one under way, one that has just failed, or a new.
   *
   * @param ahead reads the tail meanwhile, where there is no view yet whose tail goes on
   */
  SnapshotOpening opening(Collection collection, Tip tip, Duration afterFailure, TailAhead ahead) {
    openingLock.lock();
    try {
      SnapshotOpening last = opening;
      if (last != null && isCurrent(last, tip, afterFailure)) {
        return last;
      }
      SnapshotOpening next =
          new SnapshotOpening(collection.id(), tip.generation(), clock.nanoTime());
      opening = next;
      CompletableFuture<List<LogPlace>> tail =
          live == null
              ? CompletableFuture.supplyAsync(() -> ahead.behind(tip), background)
              : CompletableFuture.completedFuture(List.of());
      background.execute(() -> open(collection, tip, tail, next));
      return next;
    } finally {
      openingLock.unlock();
    }
  }

  /**
   * Replaces the view by the target of a rollback that comes next in its log.
   *
   * @throws dev.siltstone.failure.NotFoundException if the target is gone
   */
  synchronized LiveView rollBack(
      LiveView view, LogEntry.Rollback rollback, CollectionId collection) {
    LiveView target =
        view.rolledBack(snapshots.open(collection, rollback.manifest()), rollback.sequence());
    replace(target);
    return target;
  }

  /** Lets go of everything, for good. */
  synchronized void forget() {
    forgotten = true;
    replace(null);
  }

  private boolean isCurrent(SnapshotOpening last, Tip tip, Duration afterFailure) {
    return last.state() instanceof SnapshotOpening.State.UnderWay
        || (last.generation().compareTo(tip.generation()) >= 0
            && last.failedWithin(afterFailure, clock.nanoTime()));
  }

  private void open(
      Collection collection,
      Tip tip,
      CompletableFuture<List<LogPlace>> tail,
      SnapshotOpening attempt) {
    try {
      moveOnto(snapshots.open(collection.id(), tip.manifest()), tail, collection);
      attempt.end(null, clock.nanoTime());
    } catch (RuntimeException | Error e) {
      LOG.error("collection {}: cannot open {}", collection.id(), tip.manifest(), e);
      attempt.end(e, clock.nanoTime());
    }
  }

  private void moveOnto(
      OpenSnapshot newer, CompletableFuture<List<LogPlace>> tail, Collection collection) {
    try {
      moveOnto(newer, Outcome.of(tail), collection);
    } catch (RuntimeException | Error e) {
      newer.close();
      throw e;
    }
  }

  private synchronized void moveOnto(
      OpenSnapshot newer, List<LogPlace> tail, Collection collection) {
    LiveView old = live;
    Generation generation = LiveView.generation(newer);
    if (forgotten || (old != null && old.generation().compareTo(generation) >= 0)) {
      newer.close();
      return;
    }
    replace(
        old == null ? LiveView.on(newer, collection.space()).followedBy(tail) : old.rebased(newer));
  }

  private void replace(@Nullable LiveView next) {
    LiveView old = live;
    live = next;
    if (old != null) {
      old.letGo();
    }
  }

  /** A look at head and tip, and the view that satisfied it then. */
  record Looked(LiveView view, Head head, long atNanos) {}
}
