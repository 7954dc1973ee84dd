package dev.siltstone.identity;

/**
 * The fencing number of a lease: grows with every acquisition, never falls. Keys of a run's files
 * carry it.
 */
public record Epoch(long value) implements Comparable<Epoch> {
  public static final Epoch ZERO = new Epoch(0);

  public Epoch {
    if (value < 0) {
      throw new IllegalArgumentException("Epoch " + value + " is negative");
    }
  }

  public Epoch next() {
    return new Epoch(value + 1);
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
