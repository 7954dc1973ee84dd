package dev.siltstone.log;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The read half of the log's protocol: a prefix without holes. A place that is empty was reserved
 * by a writer who has not filled it yet, or was trimmed because the tip has passed it. The reader
 * looks again, with jitter, until a grace time has gone since it began, and then voids the hole, in
 * one step with the check on the tip. Nothing behind a hole is ever looked at.
 *
 * <p>The grace only decides who has to try again; safety depends on no clock. May be called by many
 * threads.
 */
public final class LogReader {
  /** Writers need a few milliseconds between reserving and placing. */
  public static final Duration DEFAULT_GRACE = Duration.ofMillis(250);

  private static final int PAGE_ENTRIES = 1_000;
  private static final int MAX_VOID_ATTEMPTS = 6;
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(2);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(50);

  private final DeltaLog log;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration grace;
  private final Backoff backoff;

  /**
   * A reader of this log.
   *
   * @param random jitter; used by all calling threads
   * @param grace how long writers may take to fill a place they have reserved
   */
  public LogReader(DeltaLog log, Clock clock, RandomGenerator random, Duration grace) {
    this.log = log;
    this.clock = clock;
    this.random = random;
    this.grace = grace;
    this.backoff = new Backoff(clock, random);
  }

  /** What was read. */
  public sealed interface Suffix {
    /** Every place asked for, in order, none missing. */
    record Entries(List<LogEntry> entries) implements Suffix {
      public Entries {
        entries = List.copyOf(entries);
      }
    }

    /**
     * The tip has passed a place that was asked for, which may have been trimmed: start again from
     * the snapshot that this tip names. What had to be visible is visible there or behind it.
     */
    record TipPassed(HeadAndTip now) implements Suffix {}
  }

  /**
   * Every place from the one behind {@code after} to {@code upTo}, all of which must have been
   * reserved; voids holes on the way.
   *
   * @throws dev.siltstone.failure.NotFoundException if the collection is gone
   * @throws dev.siltstone.failure.UnavailableException if the log does not answer
   */
  public Suffix readThrough(CollectionId collection, Sequence after, Sequence upTo) {
    long deadline = clock.nanoTime() + grace.toNanos();
    List<LogEntry> entries = new ArrayList<>();
    Sequence last = after;
    while (last.compareTo(upTo) < 0) {
      List<LogEntry> found = nextWithoutHole(collection, last, upTo);
      if (found.isEmpty()) {
        Sequence hole = last.next();
        HeadAndTip now = look(collection);
        if (now.tip().folded().compareTo(hole) >= 0) {
          return new Suffix.TipPassed(now);
        }
        Optional<List<LogEntry>> settled = settled(collection, hole, deadline);
        if (settled.isEmpty()) {
          return new Suffix.TipPassed(look(collection));
        }
        found = settled.get();
      }
      entries.addAll(found);
      last = new Sequence(last.value() + found.size());
    }
    return new Suffix.Entries(entries);
  }

  /** One page as far as it has no hole; empty if the very next place is one. */
  private List<LogEntry> nextWithoutHole(CollectionId collection, Sequence last, Sequence upTo) {
    int limit = (int) Math.min(PAGE_ENTRIES, upTo.value() - last.value());
    List<LogEntry> page = log.readAfter(collection, last, limit);
    int length = 0;
    while (length < page.size()
        && page.get(length).sequence().value() == last.value() + length + 1) {
      length++;
    }
    return page.subList(0, length);
  }

  private HeadAndTip look(CollectionId collection) {
    return log.read(collection).orElseThrow(() -> Refusals.collectionGone(collection));
  }

  /**
   * Waits for the hole's writer, or voids it. No entries mean that it is worth looking again;
   * nothing at all means that the tip has passed the hole.
   */
  private Optional<List<LogEntry>> settled(CollectionId collection, Sequence hole, long deadline) {
    long left = deadline - clock.nanoTime();
    if (left > 0) {
      clock.sleep(untilNextLook(left));
      return Optional.of(List.of());
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return switch (log.voidPlace(collection, hole)) {
          case VoidResult.Filled(LogEntry entry) -> Optional.of(List.of(entry));
          case VoidResult.TipHasPassed _ -> Optional.empty();
        };
      } catch (OutcomeUnknownException e) {
        if (attempt == MAX_VOID_ATTEMPTS) {
          throw new UnavailableException(
              "No answer to voiding sequence %s of collection %s".formatted(hole, collection), e);
        }
        backoff.pause(attempt);
      }
    }
  }

  /** Soon at first, and later the longer it has taken already, with jitter. */
  private Duration untilNextLook(long nanosLeft) {
    long elapsed = grace.toNanos() - nanosLeft;
    long spread = 1 + random.nextLong(SHORTEST_LOOK.toNanos() + elapsed);
    long look = Math.min(SHORTEST_LOOK.toNanos() + spread, LONGEST_LOOK.toNanos());
    return Duration.ofNanos(Math.min(nanosLeft, look));
  }
}
