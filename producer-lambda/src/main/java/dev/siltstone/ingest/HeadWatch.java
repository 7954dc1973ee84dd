package dev.siltstone.ingest;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * What writers know of heads before they write. A dimension once fixed stays, so a head read a
 * moment ago is as good as a fresh one to check it, and a busy writer pays for one read a second,
 * not for one a write. Should the collection be dropped meanwhile, the reservation says so.
 */
final class HeadWatch {
  private static final Duration MEMORY = Duration.ofSeconds(1);

  private final DeltaLog log;
  private final Commit commit;
  private final Clock clock;
  private final ConcurrentMap<CollectionId, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(Head head, long atNanos) {}

  HeadWatch(DeltaLog log, Commit commit, Clock clock) {
    this.log = log;
    this.commit = commit;
    this.clock = clock;
  }

  /**
   * The head as it is, or as it was a moment ago if that is enough.
   *
   * @param enough whether a remembered head says all that the caller needs
   * @throws dev.siltstone.failure.NotFoundException if there is no such collection
   * @throws dev.siltstone.failure.BackPressureException if too much is unfolded there
   */
  Head head(CollectionId collection, Predicate<Head> enough) {
    Seen last = seen.get(collection);
    if (last != null && isYoung(last) && enough.test(last.head())) {
      return last.head();
    }
    seen.remove(collection);
    Head fresh =
        log.readHead(collection)
            .orElseThrow(() -> CollectionDirectory.missing(collection.toString()));
    commit.check(collection, fresh);
    remember(collection, new Seen(fresh, clock.nanoTime()));
    return fresh;
  }

  private boolean isYoung(Seen last) {
    return clock.nanoTime() - last.atNanos() < MEMORY.toNanos();
  }

  private void remember(CollectionId collection, Seen fresh) {
    seen.values().removeIf(other -> !isYoung(other));
    seen.put(collection, fresh);
  }
}
