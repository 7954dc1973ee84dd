package dev.siltstone.identity;

import dev.siltstone.failure.InvalidRequestException;
import java.util.UUID;

/** A collection, for ever: a recreated name gets a new id. */
public record CollectionId(UUID value) implements Comparable<CollectionId> {
  /**
   * Reads the canonical text form.
   *
   * @throws InvalidRequestException if the text is no UUID
   */
  public static CollectionId parse(String text) {
    return new CollectionId(UuidText.parse("Collection ID", text));
  }

  /** By unsigned value, which for time-ordered ids is the order of their making. */
  @Override
  public int compareTo(CollectionId other) {
    return UuidText.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
