package dev.siltstone.storage;

import java.util.regex.Pattern;

/**
 * A key: lower-case path segments of {@code [a-z0-9._-]} joined by {@code /}, none of them starting
 * with a dot. Made only by {@link ObjectLayout}.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*");
  private static final int MAX_LENGTH = 512;

  public ObjectKey {
    if (value.length() > MAX_LENGTH || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an object key: " + value);
    }
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
