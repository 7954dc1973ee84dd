package dev.siltstone.view;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogReader;
import dev.siltstone.tail.DeltaBatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One read's way to a view that has every place it needs. The view stands on the snapshot that the
 * tip names, or on an older one with a longer tail, which holds the same records: that one answers
 * while the newer is still being fetched and, where the read allows it, when fetching has failed.
 */
final class Approach {
  /** What a read does when the newest snapshot cannot be opened. */
  enum WhenSnapshotFails {
    /** It is refused until the snapshot is there. */
    REFUSE,
    /** An older snapshot answers, if its tail reaches what is needed. */
    USE_OLDER
  }

  private static final int MAX_STEPS = 32;

  private final ViewSources sources;
  private final Collection collection;
  private final ViewSlot slot;
  private final Sequence needed;
  private final WhenSnapshotFails whenSnapshotFails;
  private final long deadlineNanos;
  private final LogReader.Grace grace;
  private HeadAndTip seen;

  /** A view whose tail cannot go on: the log behind it has been trimmed. */
  private @Nullable LiveView overtaken;

  Approach(
      ViewSources sources,
      Collection collection,
      ViewSlot slot,
      HeadAndTip seen,
      Sequence needed,
      WhenSnapshotFails whenSnapshotFails,
      LogReader.Grace grace) {
    this.sources = sources;
    this.collection = collection;
    this.slot = slot;
    this.seen = seen;
    this.needed = needed;
    this.whenSnapshotFails = whenSnapshotFails;
    this.grace = grace;
    this.deadlineNanos = sources.clock().nanoTime() + sources.patience().forAny().toNanos();
  }

  /**
   * The view.
   *
   * @throws UnavailableException if it cannot be had in time
   */
  ReadView reach() {
    for (int step = 0; step < MAX_STEPS; step++) {
      LiveView base = base();
      if (base != null) {
        Optional<ReadView> view = onto(base);
        if (view.isPresent()) {
          return view.get();
        }
      }
    }
    throw new UnavailableException(
        "collection %s is being published too fast to be read; try again"
            .formatted(collection.id()),
        null);
  }

  /**
   * The live view that may answer as far as its snapshot goes; null if it is worth looking again.
   */
  private @Nullable LiveView base() {
    LiveView live = slot.live();
    if (live != null && live.generation().compareTo(seen.tip().generation()) >= 0) {
      return live;
    }
    LiveView older = live == overtaken ? null : live;
    SnapshotOpening opening =
        slot.opening(
            collection,
            seen.tip(),
            sources.patience().afterFailure(),
            new TailAhead(sources, collection, needed));
    return switch (opening.await(patience(older, opening))) {
      case SnapshotOpening.State.Done _ -> null;
      case SnapshotOpening.State.UnderWay _ -> orRefuse(older, opening);
      case SnapshotOpening.State.Failed _ -> {
        seen = sources.look(collection.id());
        if (seen.tip().generation().compareTo(opening.generation()) > 0) {
          yield null;
        }
        yield orRefuse(whenSnapshotFails == WhenSnapshotFails.USE_OLDER ? older : null, opening);
      }
    };
  }

  private Duration patience(@Nullable LiveView older, SnapshotOpening opening) {
    long now = sources.clock().nanoTime();
    long left = deadlineNanos - now;
    long forNewer = opening.beganAtNanos() + sources.patience().forNewer().toNanos() - now;
    return Duration.ofNanos(older == null ? left : Math.min(left, forNewer));
  }

  private LiveView orRefuse(@Nullable LiveView older, SnapshotOpening opening) {
    if (older == null) {
      throw opening.refusal(sources.patience());
    }
    return older;
  }

  /** The view on this base if it has all places; otherwise one step towards that. */
  private Optional<ReadView> onto(LiveView base) {
    if (base.sequence().compareTo(needed) >= 0) {
      return slot.hold(base, seen.head());
    }
    while (overtaken != base && appendStanding(base)) {
      Sequence hole = base.sequence().next();
      sources.reader().settle(collection.id(), hole, grace).ifPresent(now -> leave(base, now));
    }
    return Optional.empty();
  }

  /**
   * Appends what stands in the log already. Nobody waits with the slot locked: a writer whose place
   * is missing may need a view up to there, as a filtered delete does.
   *
   * @return whether a place is missing now
   */
  private boolean appendStanding(LiveView base) {
    synchronized (slot) {
      while (slot.live() == base && base.sequence().compareTo(needed) < 0) {
        List<LogEntry> standing =
            sources.reader().readStanding(collection.id(), base.sequence(), needed);
        if (standing.isEmpty()) {
          return true;
        }
        if (!append(base, standing)) {
          leave(base, sources.look(collection.id()));
          return false;
        }
      }
      return false;
    }
  }

  /**
   * Appends what was read; false if head and tip have to be looked at again. Where there is a
   * rollback, what stands before it is of no consequence: the view goes on from its target.
   */
  private boolean append(LiveView base, List<LogEntry> entries) {
    int last = entries.size() - 1;
    while (last >= 0 && !(entries.get(last) instanceof LogEntry.Rollback)) {
      last--;
    }
    DeltaBatch batch =
        sources.batches().fetch(collection.id(), entries.subList(last + 1, entries.size()));
    if (batch == null) {
      return false;
    }
    LiveView onto = base;
    if (last >= 0 && entries.get(last) instanceof LogEntry.Rollback rollback) {
      onto = rolledBack(base, rollback);
      if (onto == null) {
        return false;
      }
    }
    batch.places().forEach(onto.tail()::append);
    return true;
  }

  /** The target stays retained until its rollback is folded; null if that has happened. */
  private @Nullable LiveView rolledBack(LiveView base, LogEntry.Rollback rollback) {
    try {
      return slot.rollBack(base, rollback, collection.id());
    } catch (NotFoundException e) {
      HeadAndTip now = sources.look(collection.id());
      if (now.tip().folded().compareTo(rollback.sequence()) >= 0) {
        return null;
      }
      throw new CorruptDataException(
          "missing snapshot %s, to which place %s rolls back"
              .formatted(rollback.manifest(), rollback.sequence()),
          e);
    }
  }

  private void leave(LiveView base, HeadAndTip now) {
    overtaken = base;
    seen = now;
  }
}
