package dev.siltstone.log;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;

/** What fills a place in the log. Written once; only a committed entry may turn quarantined. */
public sealed interface LogEntry {
  Sequence sequence();

  /**
   * A delta whose write is acknowledged.
   *
   * @param count operations in it
   * @param bytes size of the object
   * @param checksum of the object's bytes: bytes that do not match it are not this delta
   */
  record Committed(
      Sequence sequence, DeltaId delta, ObjectKey key, int count, long bytes, Checksum checksum)
      implements LogEntry {}

  /** Nobody's: its writer was too slow, and has to reserve again. */
  record Voided(Sequence sequence) implements LogEntry {}

  /** A delta whose bytes are as written and cannot be decoded; skipped by everyone. */
  record Quarantined(
      Sequence sequence,
      DeltaId delta,
      ObjectKey key,
      int count,
      long bytes,
      Checksum checksum,
      String reason)
      implements LogEntry {}

  /** From here on the collection is what it was in the target generation. */
  record Rollback(Sequence sequence, DeltaId operation, Generation target, ObjectKey manifest)
      implements LogEntry {}
}
