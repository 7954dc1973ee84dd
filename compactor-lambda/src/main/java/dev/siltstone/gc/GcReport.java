package dev.siltstone.gc;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a collection of garbage did, or would do.
 *
 * @param deleted what went, by cause; in a dry run and after a refusal, what would go
 * @param trimmed entries removed from the log
 * @param kept what stays, by the first reason that was found
 * @param why what happened, where the outcome needs an explanation
 */
public record GcReport(
    Outcome outcome,
    Map<Cause, Amount> deleted,
    int trimmed,
    Map<KeptBecause, Amount> kept,
    @Nullable String why) {
  /** How it ended. */
  public enum Outcome {
    /** Everything that could go is gone. */
    COLLECTED,
    /** Nothing worth a run; nothing was written. */
    NOTHING_TO_DO,
    /** A dry run. */
    WOULD_COLLECT,
    /** Time ran out; the next run goes on. */
    OUT_OF_TIME,
    /** More would go than is plausible: nothing was deleted, a person has to look. */
    REFUSED,
    /** Another run holds the lock. */
    LOCK_HELD,
    /** A newer run has taken over, or published meanwhile; the next run goes on. */
    FENCED,
    /** The collection does not exist (any more). */
    COLLECTION_GONE
  }

  public GcReport {
    deleted = Map.copyOf(deleted);
    kept = Map.copyOf(kept);
  }

  static GcReport of(Outcome outcome) {
    return new GcReport(outcome, Map.of(), 0, Map.of(), null);
  }

  static GcReport of(Outcome outcome, Plan plan, @Nullable String why) {
    Map<Cause, Amount> deleted = new EnumMap<>(Cause.class);
    plan.garbage()
        .forEach(one -> deleted.merge(one.cause(), new Amount(1, one.bytes()), Amount::plus));
    return new GcReport(outcome, deleted, 0, plan.kept(), why);
  }

  /** What went, for this cause. */
  public Amount deleted(Cause cause) {
    return deleted.getOrDefault(cause, Amount.NONE);
  }

  /** What stays, for this reason. */
  public Amount kept(KeptBecause because) {
    return kept.getOrDefault(because, Amount.NONE);
  }

  /** Everything that went. */
  public Amount total() {
    return deleted.values().stream().reduce(Amount.NONE, Amount::plus);
  }
}
