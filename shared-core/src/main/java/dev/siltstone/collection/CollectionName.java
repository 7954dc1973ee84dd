package dev.siltstone.collection;

/** A collection's name in its database; 3 to 512 characters of {@code [a-zA-Z0-9._-]}. */
public record CollectionName(String value) {
  public CollectionName {
    ResourceNames.check(value, "Validation error: name: ");
  }

  @Override
  public String toString() {
    return value;
  }
}
