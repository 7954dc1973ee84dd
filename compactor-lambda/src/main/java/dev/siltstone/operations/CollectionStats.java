package dev.siltstone.operations;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.LeaseStore.Lease;
import dev.siltstone.lease.RunRecord;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Tip;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a collection stands, read without changing or settling anything.
 *
 * @param published the newest snapshot, which the tip may not name yet; null before the first
 * @param tail entries that no snapshot folds
 * @param holes places that no snapshot folds and nobody has filled
 * @param lock who holds the lock, or held it last without releasing it; null if it is free
 * @param runs the last runs that took the lock, newest first
 */
public record CollectionStats(
    Head head,
    Tip tip,
    @Nullable Manifest published,
    List<LogEntry> tail,
    List<Sequence> holes,
    @Nullable Lease lock,
    List<RunRecord> runs) {
  /** Unfolded places that are looked at. */
  private static final int MAX_TAIL = 20_000;

  public CollectionStats {
    tail = List.copyOf(tail);
    holes = List.copyOf(holes);
    runs = List.copyOf(runs);
  }

  /**
   * Reads it all.
   *
   * @throws NotFoundException if the collection does not exist
   */
  public static CollectionStats of(
      CollectionId collection, DeltaLog log, SnapshotStore snapshots, LeaseStore leases) {
    HeadAndTip now =
        log.read(collection)
            .orElseThrow(() ->
                new NotFoundException("Collection [%s] does not exist.".formatted(collection)));
    Manifest published = snapshots.current(collection).map(Published::manifest).orElse(null);
    Sequence folded = published == null ? Sequence.ZERO : published.folded();
    Sequence last = now.head().lastReserved();
    List<LogEntry> tail =
        new LogScan(log).between(collection, folded, last.next()).limit(MAX_TAIL).toList();
    return new CollectionStats(
        now.head(),
        now.tip(),
        published,
        tail,
        holes(folded, last, tail),
        leases.read(collection).orElse(null),
        leases.lastRuns(collection));
  }

  /** Places handed out that no snapshot folds. */
  public long backlog() {
    long folded = published == null ? 0 : published.folded().value();
    return Math.max(0, head.lastReserved().value() - folded);
  }

  /** Bytes of the deltas in the tail. */
  public long tailBytes() {
    return tail.stream()
        .mapToLong(entry -> entry instanceof LogEntry.Committed delta ? delta.bytes() : 0)
        .sum();
  }

  private static List<Sequence> holes(Sequence folded, Sequence last, List<LogEntry> tail) {
    long end = tail.size() < MAX_TAIL ? last.value() : tail.getLast().sequence().value();
    List<Sequence> holes = new ArrayList<>();
    int next = 0;
    for (long place = folded.value() + 1; place <= end; place++) {
      if (next < tail.size() && tail.get(next).sequence().value() == place) {
        next++;
      } else {
        holes.add(new Sequence(place));
      }
    }
    return holes;
  }
}
