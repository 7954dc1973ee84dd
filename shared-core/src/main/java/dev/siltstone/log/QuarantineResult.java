package dev.siltstone.log;

/** How an attempt to quarantine a committed entry ended. */
public sealed interface QuarantineResult {
  /** The entry is quarantined, by this call or before; {@code entry} has the reason that counts. */
  record Verdict(LogEntry.Quarantined entry) implements QuarantineResult {}

  /** The tip has passed the place: read the head and the tip again. */
  record TipHasPassed() implements QuarantineResult {}
}
