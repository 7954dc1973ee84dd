package dev.siltstone.storage;

/**
 * A key: lower-case path segments of {@code [a-z0-9._-]} joined by {@code /}, none of them starting
 * with a dot. Made only by {@link ObjectLayout}.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final int MAX_LENGTH = 512;

  public ObjectKey {
    if (value.length() > MAX_LENGTH || !hasForm(value)) {
      throw new IllegalArgumentException("not an object key: " + value);
    }
  }

  /** By hand, because keys are made for every object in every listing and manifest. */
  private static boolean hasForm(String value) {
    boolean atStart = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '/' || c == '.') {
        if (atStart) {
          return false;
        }
        atStart = c == '/';
      } else if (isWord(c)) {
        atStart = false;
      } else {
        return false;
      }
    }
    return !atStart;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
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
