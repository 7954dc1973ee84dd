package dev.siltstone.log;

/** How an attempt to void a hole ended. */
public sealed interface VoidResult {
  /** The place holds this entry now: the new void, or what was there already. */
  record Filled(LogEntry entry) implements VoidResult {}

  /** The tip has passed the place: read the head and the tip again. */
  record TipHasPassed() implements VoidResult {}
}
