package dev.siltstone.view;

import dev.siltstone.identity.Sequence;
import java.time.Duration;

/** How much of the log a read has to see. */
public sealed interface Consistency {
  /** Every write that was acknowledged before the read began. One call when nothing is new. */
  record Strong() implements Consistency {}

  /**
   * At least the write with this freshness token, and all before it. No call if it is seen already.
   */
  record AtLeast(Sequence token) implements Consistency {}

  /** Whatever this process has seen, if it looked no longer ago than this. No call while fresh. */
  record Eventual(Duration maxAge) implements Consistency {}

  Consistency STRONG = new Strong();
}
