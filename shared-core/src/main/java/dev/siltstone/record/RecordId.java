package dev.siltstone.record;

import dev.siltstone.failure.InvalidRequestException;

/** A record's name, unique in its collection; compared whole, by code unit, case-sensitive. */
public record RecordId(String value) implements Comparable<RecordId> {
  /** Longest id in UTF-16 code units; a page of the id index must hold many ids. */
  public static final int MAX_LENGTH = 4_096;

  public RecordId {
    if (value.isEmpty()) {
      throw new InvalidRequestException("Expected IDs to be non-empty strings, got an empty id");
    }
    if (value.length() > MAX_LENGTH) {
      throw new InvalidRequestException(
          "An id has %d characters; the limit is %d".formatted(value.length(), MAX_LENGTH));
    }
  }

  @Override
  public int compareTo(RecordId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
