package dev.siltstone.log;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads the log as a prefix without holes: the only way it is ever read. A hole is looked at again
 * for a short grace and then voided, in one step with the check that the tip has not passed it. The
 * grace affects how long a reader waits and how often a slow writer must reserve again, never what
 * anybody reads.
 */
public final class LogReader {
  /** Long enough for a healthy writer, between its two calls. */
  public static final Duration DEFAULT_GRACE = Duration.ofMillis(250);

  private static final int PAGE = 500;
  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final DeltaLog log;
  private final Clock clock;
  private final RandomGenerator random;
  private final Duration grace;

  public LogReader(DeltaLog log, Clock clock, RandomGenerator random, Duration grace) {
    this.log = log;
    this.clock = clock;
    this.random = random;
    this.grace = grace;
  }

  /** What was read. */
  public sealed interface Suffix {
    /** Every place from the first asked for to the last, in order. */
    record Entries(List<LogEntry> entries) implements Suffix {
      public Entries {
        entries = List.copyOf(entries);
      }
    }

    /**
     * A newer snapshot folds a place that is not in the log any more: start again from this head
     * and tip.
     */
    record TipPassed(HeadAndTip now) implements Suffix {}
  }

  /**
   * Every place after {@code after} up to {@code upTo}, which the caller has seen reserved.
   *
   * @throws NotFoundException if the collection is gone
   */
  public Suffix readThrough(CollectionId collection, Sequence after, Sequence upTo) {
    List<LogEntry> entries = new ArrayList<>();
    Sequence have = after;
    Patience patience = new Patience();
    while (have.compareTo(upTo) < 0) {
      List<LogEntry> page = log.readAfter(collection, have, PAGE);
      Sequence reached = appendContiguous(page, have, upTo, entries);
      if (reached.compareTo(upTo) < 0 && (reached.equals(have) || page.size() < PAGE)) {
        Optional<LogEntry> filled = fill(collection, reached.next(), patience);
        if (filled.isEmpty()) {
          return tipPassed(collection);
        }
        entries.add(filled.get());
        reached = reached.next();
      }
      have = reached;
    }
    return new Suffix.Entries(entries);
  }

  /** Appends the page's entries up to the first hole; returns the last place appended. */
  private static Sequence appendContiguous(
      List<LogEntry> page, Sequence have, Sequence upTo, List<LogEntry> entries) {
    Sequence reached = have;
    for (LogEntry entry : page) {
      if (reached.equals(upTo) || !entry.sequence().equals(reached.next())) {
        break;
      }
      entries.add(entry);
      reached = entry.sequence();
    }
    return reached;
  }

  /** The entry at a place that was empty; empty itself if the tip has passed the place. */
  private Optional<LogEntry> fill(CollectionId collection, Sequence hole, Patience patience) {
    while (true) {
      Optional<LogEntry> entry = log.readPlace(collection, hole);
      if (entry.isPresent()) {
        return entry;
      }
      if (!patience.pause()) {
        return switch (log.voidPlace(collection, hole)) {
          case VoidResult.Filled filled -> Optional.of(filled.entry());
          case VoidResult.TipHasPassed _ -> Optional.empty();
        };
      }
    }
  }

  private Suffix tipPassed(CollectionId collection) {
    HeadAndTip now =
        log.read(collection)
            .orElseThrow(() ->
                new NotFoundException("Collection [%s] does not exist.".formatted(collection)));
    return new Suffix.TipPassed(now);
  }

  /**
   * The grace of one read. All its places were reserved before it began, so its holes share one
   * grace.
   */
  private final class Patience {
    private final long untilNanos = clock.nanoTime() + grace.toNanos();
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Waits a little, with jitter; false when the grace is over. */
    boolean pause() {
      long leftMillis = Duration.ofNanos(untilNanos - clock.nanoTime()).toMillis();
      if (leftMillis <= 0) {
        return false;
      }
      long jittered = pauseMillis + random.nextLong(pauseMillis);
      clock.sleep(Duration.ofMillis(Math.min(leftMillis, jittered)));
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
      return true;
    }
  }
}
