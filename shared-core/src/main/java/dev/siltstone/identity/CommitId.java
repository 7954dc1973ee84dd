package dev.siltstone.identity;

import dev.siltstone.failure.InvalidRequestException;
import java.util.UUID;

/** One attempt to publish; no two pointers carry the same. */
public record CommitId(UUID value) implements Comparable<CommitId> {
  /**
   * Reads the canonical text form.
   *
   * @throws InvalidRequestException if the text is no UUID
   */
  public static CommitId parse(String text) {
    return new CommitId(UuidText.parse("Commit id", text));
  }

  /** By unsigned value, which for time-ordered ids is the order of their making. */
  @Override
  public int compareTo(CommitId other) {
    return UuidText.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
