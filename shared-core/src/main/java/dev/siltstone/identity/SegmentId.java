package dev.siltstone.identity;

import dev.siltstone.failure.InvalidRequestException;
import java.util.UUID;

/** One segment. */
public record SegmentId(UUID value) implements Comparable<SegmentId> {
  /**
   * Reads the canonical text form.
   *
   * @throws InvalidRequestException if the text is no UUID
   */
  public static SegmentId parse(String text) {
    return new SegmentId(UuidText.parse("Segment id", text));
  }

  /** By unsigned value, which for time-ordered ids is the order of their making. */
  @Override
  public int compareTo(SegmentId other) {
    return UuidText.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
