package dev.siltstone.identity;

/**
 * How often a collection has been published: parent + 1. ZERO is the empty collection, never
 * published.
 */
public record Generation(long value) implements Comparable<Generation> {
  public static final Generation ZERO = new Generation(0);

  public Generation {
    if (value < 0) {
      throw new IllegalArgumentException("Generation " + value + " is negative");
    }
  }

  public Generation next() {
    return new Generation(value + 1);
  }

  @Override
  public int compareTo(Generation other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
