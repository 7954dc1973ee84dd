package dev.siltstone.operations;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.snapshot.FoldedRange;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SnapshotStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what has become of a write: by its sequence for ever, by its delta's id until its entry is
 * trimmed from the log.
 */
public final class Receipts {
  private final DeltaLog log;
  private final SnapshotStore snapshots;

  public Receipts(DeltaLog log, SnapshotStore snapshots) {
    this.log = log;
    this.snapshots = snapshots;
  }

  /**
   * What has become of the write at a place.
   *
   * @throws NotFoundException if the collection does not exist
   */
  public WriteState of(CollectionId collection, Sequence place) {
    HeadAndTip now = look(collection);
    Sequence last = now.head().lastReserved();
    if (place.equals(Sequence.ZERO) || place.compareTo(last) > 0) {
      return new WriteState.Unknown(
          "sequence %s has not been handed out; the last is %s".formatted(place, last));
    }
    return state(collection, place, log.readPlace(collection, place).orElse(null));
  }

  /**
   * What has become of a delta.
   *
   * @throws NotFoundException if the collection does not exist
   */
  public WriteState of(CollectionId collection, DeltaId delta) {
    look(collection);
    Optional<LogEntry> entry =
        new LogScan(log).all(collection).filter(found -> names(found, delta)).findFirst();
    return entry.isPresent()
        ? state(collection, entry.get().sequence(), entry.get())
        : new WriteState.Unknown(
            "no entry in the log names delta %s: it was never committed, or it is folded and its"
                    .formatted(delta)
                + " entry trimmed; ask by its sequence");
  }

  private HeadAndTip look(CollectionId collection) {
    return log.read(collection)
        .orElseThrow(
            () -> new NotFoundException("Collection [%s] does not exist.".formatted(collection)));
  }

  /** Read after the entry: a place that was empty then, and is folded now, has been trimmed. */
  private WriteState state(CollectionId collection, Sequence place, @Nullable LogEntry entry) {
    Manifest current = snapshots.current(collection).map(Published::manifest).orElse(null);
    boolean folded = current != null && current.folded().compareTo(place) >= 0;
    return switch (entry) {
      case LogEntry.Voided _ -> new WriteState.Voided(place);
      case LogEntry.Quarantined aside -> new WriteState.SetAside(aside);
      case LogEntry.Rollback rollback -> new WriteState.RollsBack(rollback, folded);
      case LogEntry.Committed committed ->
          current != null && folded ? folded(current, place) : new WriteState.Accepted(committed);
      case null ->
          current != null && folded ? folded(current, place) : new WriteState.Unfilled(place);
    };
  }

  private static WriteState folded(Manifest current, Sequence place) {
    Generation generation =
        current.foldedRanges().stream()
            .filter(range -> contains(range, place))
            .map(FoldedRange::generation)
            .findFirst()
            .orElse(null);
    return new WriteState.Folded(place, generation, current.givenUpBy(place).orElse(null));
  }

  private static boolean contains(FoldedRange range, Sequence place) {
    return range.after().compareTo(place) < 0 && range.upTo().compareTo(place) >= 0;
  }

  private static boolean names(LogEntry entry, DeltaId delta) {
    return switch (entry) {
      case LogEntry.Committed committed -> committed.delta().equals(delta);
      case LogEntry.Quarantined aside -> aside.delta().equals(delta);
      case LogEntry.Rollback rollback -> rollback.operation().equals(delta);
      case LogEntry.Voided _ -> false;
    };
  }
}
