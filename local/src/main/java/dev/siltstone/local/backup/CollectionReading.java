package dev.siltstone.local.backup;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.LogReader.Suffix;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads collections as a strong reader does: the pointer, then the head, then every place between
 * them, holes voided after the same grace. Whatever was acknowledged before stands at or below that
 * head. The pointer comes first, so what it folds is never beyond the head: a copy whose snapshot
 * held places that its log has not handed out would hide later writes.
 */
final class CollectionReading {
  private static final int MAX_ATTEMPTS = 10;
  private static final int PAGE = 1_000;

  private final OpenStore from;
  private final SnapshotStore snapshots;
  private final LogReader reader;

  CollectionReading(OpenStore from, SnapshotStore snapshots, LogReader reader) {
    this.from = from;
    this.snapshots = snapshots;
    this.reader = reader;
  }

  /**
   * The collection now.
   *
   * @throws NotFoundException if it does not exist
   * @throws UnavailableException if a rollback is about to be folded, or the store does not answer
   */
  CollectionMoment read(CollectionId id) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<Manifest> snapshot = snapshots.current(id).map(Published::manifest);
      Sequence folded = snapshot.map(Manifest::folded).orElse(Sequence.ZERO);
      Collection collection = from.catalog().collection(id).orElseThrow(() -> gone(id));
      Head head = from.log().read(id).map(HeadAndTip::head).orElseThrow(() -> gone(id));
      if (reader.readThrough(id, folded, head.lastReserved()) instanceof Suffix.Entries tail) {
        requireNoRollback(collection, tail.entries());
        List<LogEntry> entries = setAside(id, folded);
        entries.addAll(tail.entries());
        return new CollectionMoment(collection, snapshot, head, entries);
      }
    }
    throw new UnavailableException(
        "collection %s is published faster than its log can be read".formatted(id), null);
  }

  /** Whether no newer snapshot has been published since. */
  boolean isNewest(CollectionMoment moment) {
    return snapshots
        .current(moment.collection().id())
        .map(Published::manifest)
        .map(Manifest::commit)
        .equals(moment.snapshot().map(Manifest::commit));
  }

  /** Places that a snapshot has passed over, and that stay in the log for ever. */
  private List<LogEntry> setAside(CollectionId id, Sequence folded) {
    List<LogEntry> found = new ArrayList<>();
    Sequence last = Sequence.ZERO;
    while (last.compareTo(folded) < 0) {
      List<LogEntry> page = from.log().readAfter(id, last, PAGE);
      page.stream()
          .filter(entry -> entry.sequence().compareTo(folded) <= 0)
          .filter(
              entry -> entry instanceof LogEntry.Voided || entry instanceof LogEntry.Quarantined)
          .forEach(found::add);
      last = page.isEmpty() ? folded : page.getLast().sequence();
    }
    return found;
  }

  /** Its target is an older snapshot, and a copy holds only the newest. */
  private static void requireNoRollback(Collection collection, List<LogEntry> tail) {
    tail.stream()
        .filter(LogEntry.Rollback.class::isInstance)
        .findFirst()
        .ifPresent(rollback -> {
          throw new UnavailableException(
              "collection %s: the rollback in place %s is not folded yet; try again when it is, or run ./siltstone compact"
                  .formatted(collection.name(), rollback.sequence()),
              null);
        });
  }

  private static NotFoundException gone(CollectionId id) {
    return new NotFoundException("collection %s does not exist (any more)".formatted(id));
  }
}
