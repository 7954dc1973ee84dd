package dev.siltstone.log;

import dev.siltstone.failure.BackPressureException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Slows writers down, and then refuses them, where the compactor cannot keep up. What a reservation
 * said about the backlog counts for the writes after it: the one that found out is placed, since
 * giving its place up would cost as much. So the limit is soft by about one write a second for each
 * process, which is also how it finds out that the backlog has gone.
 */
final class BackPressure {
  private static final Duration MEMORY = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private final BacklogLimits limits;
  private final Clock clock;
  private final ConcurrentMap<CollectionId, Seen> pressed = new ConcurrentHashMap<>();

  private record Seen(long backlog, long atNanos) {}

  BackPressure(BacklogLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Notes what a reservation or a read found. */
  void saw(CollectionId collection, Head head) {
    long backlog = backlog(head);
    if (backlog < limits.slowDownAt()) {
      pressed.remove(collection);
    } else {
      pressed.put(collection, new Seen(backlog, clock.nanoTime()));
    }
  }

  private static long backlog(Head head) {
    return head.lastReserved().value() - head.foldedHint().value();
  }

  /**
   * Lets a write begin.
   *
   * @throws BackPressureException if {@code fresh} shows too much unfolded work
   */
  void check(CollectionId collection, Head fresh) {
    if (backlog(fresh) >= limits.refuseAt()) {
      throw refusal(collection, backlog(fresh));
    }
  }

  /**
   * Lets a write pass, perhaps after a wait.
   *
   * @throws BackPressureException if there is too much unfolded work
   */
  void admit(CollectionId collection) {
    Seen seen = pressed.get(collection);
    if (seen == null) {
      return;
    }
    if (seen.backlog() < limits.refuseAt()) {
      clock.sleep(waitFor(seen.backlog()));
    } else if (!mayProbe(collection, seen)) {
      throw refusal(collection, seen.backlog());
    }
  }

  private BackPressureException refusal(CollectionId collection, long backlog) {
    return new BackPressureException(
        "Collection [%s] has %d unfolded writes; the limit is %d"
            .formatted(collection, backlog, limits.refuseAt()),
        MEMORY);
  }

  private Duration waitFor(long backlog) {
    long over = backlog - limits.slowDownAt();
    return LONGEST_WAIT.multipliedBy(over).dividedBy(limits.refuseAt() - limits.slowDownAt());
  }

  /** One writer of this process, once what was seen has become old. */
  private boolean mayProbe(CollectionId collection, Seen seen) {
    long now = clock.nanoTime();
    return now - seen.atNanos() >= MEMORY.toNanos()
        && pressed.replace(collection, seen, new Seen(seen.backlog(), now));
  }
}
