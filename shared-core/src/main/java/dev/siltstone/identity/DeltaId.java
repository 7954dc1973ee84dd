package dev.siltstone.identity;

import dev.siltstone.failure.InvalidRequestException;
import java.time.Instant;
import java.util.UUID;

/** One delta; time-ordered (UUID version 7), so that ids below a horizon are old. */
public record DeltaId(UUID value) implements Comparable<DeltaId> {
  /**
   * Reads the canonical text form.
   *
   * @throws InvalidRequestException if the text is no UUID
   */
  public static DeltaId parse(String text) {
    return new DeltaId(UuidText.parse("Delta id", text));
  }

  /** When it was made, to the millisecond, by its maker's clock. */
  public Instant madeAt() {
    return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
  }

  /** By unsigned value, which for time-ordered ids is the order of their making. */
  @Override
  public int compareTo(DeltaId other) {
    return UuidText.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
