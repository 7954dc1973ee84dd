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
import org.jspecify.annotations.Nullable;

/**
 * The read half of the log's protocol: a prefix without holes. A place that is empty was reserved
 * by a writer who has not filled it yet, or was trimmed because the tip has passed it. The reader
 * looks again, with jitter, until a {@linkplain Grace grace} has gone, and then voids the hole, in
 * one step with the check on the tip. Nothing behind a hole is ever looked at.
 *
 * <p>The grace only decides who has to try again; safety depends on no clock. May be called by many
 * threads.
 */
public final class LogReader {
  /** Writers need a few milliseconds between reserving and placing. */
  public static final Duration DEFAULT_GRACE = Duration.ofMillis(250);

  /** So many graces of a reader are one of a writer. */
  private static final int WRITERS_GRACES = 4;

  /** A read waits no longer than so many graces, however many writers fill their places. */
  private static final int MAX_GRACES = 40;

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
    Grace patience = grace();
    List<LogEntry> entries = new ArrayList<>();
    Sequence last = after;
    while (last.compareTo(upTo) < 0) {
      List<LogEntry> found = readStanding(collection, last, upTo);
      if (found.isEmpty()) {
        Optional<HeadAndTip> passed = settle(collection, last.next(), patience);
        if (passed.isPresent()) {
          return new Suffix.TipPassed(passed.get());
        }
      }
      entries.addAll(found);
      last = new Sequence(last.value() + found.size());
    }
    return new Suffix.Entries(entries);
  }

  /**
   * The places behind {@code after} that are filled, up to {@code upTo}, the next hole, or the end
   * of a page; empty if the very next place is a hole or was trimmed. Never waits.
   */
  public List<LogEntry> readStanding(CollectionId collection, Sequence after, Sequence upTo) {
    int limit = (int) Math.min(PAGE_ENTRIES, upTo.value() - after.value());
    List<LogEntry> page = log.readAfter(collection, after, limit);
    int length = 0;
    while (length < page.size()
        && page.get(length).sequence().value() == after.value() + length + 1) {
      length++;
    }
    return page.subList(0, length);
  }

  /** The patience of a read that begins now. */
  public Grace grace() {
    return new Grace(grace);
  }

  /**
   * The patience of one who has a place of his own, behind those he waits for: he is in no hurry to
   * take away theirs, since readers who are will do it.
   */
  public Grace graceOfWriter() {
    return new Grace(grace.multipliedBy(WRITERS_GRACES));
  }

  /**
   * How long one read waits for writers. It begins anew whenever a writer fills the place that was
   * waited for: deletes by condition, each of which needs the places before its own, then follow
   * one another however many they are, and none loses its place while those before it get on. After
   * a place had to be voided, nobody is waited for any more. Belongs to one thread.
   */
  public final class Grace {
    private final long nanos;
    private final long began = clock.nanoTime();
    private long restarted = began;
    private @Nullable Sequence waitedFor;
    private boolean over;

    private Grace(Duration each) {
      this.nanos = each.toNanos();
    }

    /** Nanoseconds that are left to wait for this place. */
    private long left(Sequence hole) {
      long now = clock.nanoTime();
      if (waitedFor != null && !hole.equals(waitedFor) && !over) {
        restarted = now;
      }
      waitedFor = hole;
      long ends = Math.min(restarted + nanos, began + MAX_GRACES * grace.toNanos());
      over |= ends - now <= 0;
      return over ? 0 : ends - now;
    }

    private long elapsed() {
      return clock.nanoTime() - began;
    }
  }

  /**
   * Waits a little for the writer of a place that was seen empty, or voids it once the grace is
   * over; then it is worth reading on.
   *
   * @return head and tip if the tip has passed the place, which may have been trimmed: start again
   *     from the snapshot that this tip names
   * @throws dev.siltstone.failure.NotFoundException if the collection is gone
   * @throws UnavailableException if the log does not answer
   */
  public Optional<HeadAndTip> settle(CollectionId collection, Sequence hole, Grace patience) {
    HeadAndTip now = look(collection);
    if (now.tip().folded().compareTo(hole) >= 0) {
      return Optional.of(now);
    }
    long left = patience.left(hole);
    if (left > 0) {
      clock.sleep(untilNextLook(left, patience.elapsed()));
      return Optional.empty();
    }
    return voided(collection, hole) ? Optional.empty() : Optional.of(look(collection));
  }

  private HeadAndTip look(CollectionId collection) {
    return log.read(collection).orElseThrow(() -> Refusals.collectionGone(collection));
  }

  /** Whether the place is filled now; if not, the tip has passed it. */
  private boolean voided(CollectionId collection, Sequence hole) {
    for (int attempt = 1; ; attempt++) {
      try {
        return log.voidPlace(collection, hole) instanceof VoidResult.Filled;
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
  private Duration untilNextLook(long nanosLeft, long elapsed) {
    long spread = 1 + random.nextLong(SHORTEST_LOOK.toNanos() + elapsed);
    long look = Math.min(SHORTEST_LOOK.toNanos() + spread, LONGEST_LOOK.toNanos());
    return Duration.ofNanos(Math.min(nanosLeft, look));
  }
}
