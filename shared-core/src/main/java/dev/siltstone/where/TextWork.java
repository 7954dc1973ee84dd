package dev.siltstone.where;

import dev.siltstone.failure.InvalidRequestException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The work that one request may spend on searching documents, over all its regular expressions and
 * many texts. A step is one unit of a document under one instruction of a pattern, at worst;
 * measured on one busy core it takes 1 to 10 ns as a rule and 30 to 75 with patterns that are made
 * to be slow. So steps alone tell too little: after every so many steps the thread's processor time
 * is looked at, and one document is bounded by its steps, since nobody looks while it is searched.
 * Together the slowest request ends after about a second and a half. Belongs to one thread.
 */
public final class TextWork {
  /** Most processor time from the first look on. */
  static final Duration MOST_TIME = Duration.ofMillis(750);

  /** Most steps for one document: a third to three quarters of a second at the slowest. */
  static final long MOST_STEPS_OF_A_DOCUMENT = 10_000_000;

  /** After so many steps it is time to look: looking takes a microsecond. */
  private static final long STEPS_BETWEEN_LOOKS = 200_000;

  /** So many texts may be looked for however long it takes: over all records if need be. */
  private static final long FREE_TEXTS = 16;

  private static final long NOT_BEGUN = -1;

  private final LongSupplier processorNanos;
  private long beganAt = NOT_BEGUN;
  private long stepsUntilLook;
  private long texts;

  /** Of the thread that calls {@link #spend}, which must not be a virtual one. */
  public TextWork() {
    this(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  TextWork(LongSupplier processorNanos) {
    this.processorNanos = processorNanos;
  }

  /** How many of these texts are to be counted as work: none while the request has but a few. */
  long bounded(long more) {
    texts += more;
    return texts > FREE_TEXTS ? more : 0;
  }

  /**
   * Counts the search of a document that is about to begin.
   *
   * @throws InvalidRequestException if that or what was done before is too much
   */
  void spend(long steps) {
    if (steps > MOST_STEPS_OF_A_DOCUMENT) {
      throw tooExpensive("a document is too long for them");
    }
    stepsUntilLook -= steps;
    if (stepsUntilLook < 0) {
      stepsUntilLook = STEPS_BETWEEN_LOOKS;
      look();
    }
  }

  private void look() {
    long now = processorNanos.getAsLong();
    if (beganAt == NOT_BEGUN) {
      beganAt = now;
    }
    if (now - beganAt > MOST_TIME.toNanos()) {
      throw tooExpensive("searching documents has taken %d ms".formatted(MOST_TIME.toMillis()));
    }
  }

  private static InvalidRequestException tooExpensive(String why) {
    return new InvalidRequestException(
        ("Conditions on documents too expensive: %s; use fewer or simpler ones, make a $regex"
                + " contain longer literal text, or narrow the search with ids or where")
            .formatted(why));
  }
}
