package dev.siltstone.record;

/**
 * Where a record stands in insertion order: the sequence of the delta that inserted it and its
 * index among that delta's operations. Kept by update, upsert, merge and rollback; new after delete
 * and re-add.
 */
public record OrderKey(long sequence, int index) implements Comparable<OrderKey> {
  public OrderKey {
    if (sequence < 1 || index < 0) {
      throw new IllegalArgumentException("order key " + sequence + "." + index);
    }
  }

  @Override
  public int compareTo(OrderKey other) {
    int bySequence = Long.compare(sequence, other.sequence);
    return bySequence != 0 ? bySequence : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return sequence + "." + index;
  }
}
