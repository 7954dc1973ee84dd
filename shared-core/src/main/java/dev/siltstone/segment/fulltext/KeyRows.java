package dev.siltstone.segment.fulltext;

import java.util.Arrays;

/**
 * Pairs of a key and a row in memory, 8 bytes a pair and about 28 bytes a key. Keys are zero or
 * positive; rows come in ascending order; a pair that comes again is dropped.
 */
final class KeyRows {
  private static final int FIRST_SLOTS = 1 << 10;

  private int[] slots = new int[FIRST_SLOTS];
  private long[] keys = new long[FIRST_SLOTS / 2];
  private int[] lastRows = new int[FIRST_SLOTS / 2];
  private int distinct;
  private int[] numbers = new int[FIRST_SLOTS];
  private int[] rows = new int[FIRST_SLOTS];
  private int pairs;

  void add(long key, int row) {
    int number = numberOf(key);
    if (lastRows[number] == row) {
      return;
    }
    lastRows[number] = row;
    if (pairs == rows.length) {
      numbers = Arrays.copyOf(numbers, pairs * 2);
      rows = Arrays.copyOf(rows, pairs * 2);
    }
    numbers[pairs] = number;
    rows[pairs++] = row;
  }

  int pairs() {
    return pairs;
  }

  /** Hands over everything, and is empty then. */
  void drainTo(RowListSink sink) {
    int[] ends = new int[distinct];
    for (int i = 0; i < pairs; i++) {
      ends[numbers[i]]++;
    }
    for (int number = 1; number < distinct; number++) {
      ends[number] += ends[number - 1];
    }
    int[] grouped = new int[pairs];
    int[] starts = ends.clone();
    for (int i = pairs - 1; i >= 0; i--) {
      grouped[--starts[numbers[i]]] = rows[i];
    }
    long[] ordered = Arrays.copyOf(keys, distinct);
    Arrays.sort(ordered);
    for (long key : ordered) {
      int number = numberOf(key);
      sink.accept(key, grouped, starts[number], ends[number]);
    }
    clear();
  }

  private void clear() {
    Arrays.fill(slots, 0);
    distinct = 0;
    pairs = 0;
  }

  private int numberOf(long key) {
    int slot = slotOf(key);
    int number = slots[slot] - 1;
    return number >= 0 ? number : append(key, slot);
  }

  private int append(long key, int slot) {
    int number = distinct++;
    slots[slot] = distinct;
    keys[number] = key;
    lastRows[number] = -1;
    if (distinct == keys.length) {
      grow();
    }
    return number;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, distinct * 2);
    lastRows = Arrays.copyOf(lastRows, distinct * 2);
    slots = new int[slots.length * 2];
    for (int number = 0; number < distinct; number++) {
      slots[slotOf(keys[number])] = number + 1;
    }
  }

  /** The slot of the key, or the free one where it belongs. */
  private int slotOf(long key) {
    long mixed = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & (slots.length - 1);
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
