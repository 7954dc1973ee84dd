package dev.siltstone.identity;

/**
 * A place in a collection's log; the first is 1, and ZERO means before the first. It is also the
 * freshness token: who has seen n has seen every write acknowledged with a number up to n.
 */
public record Sequence(long value) implements Comparable<Sequence> {
  public static final Sequence ZERO = new Sequence(0);

  public Sequence {
    if (value < 0) {
      throw new IllegalArgumentException("Sequence " + value + " is negative");
    }
  }

  public Sequence next() {
    return new Sequence(value + 1);
  }

  @Override
  public int compareTo(Sequence other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
