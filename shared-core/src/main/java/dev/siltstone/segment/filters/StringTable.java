package dev.siltstone.segment.filters;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Distinct byte strings, numbered in the order in which they first came. */
final class StringTable {
  private byte[] bytes = new byte[64];
  private int[] starts = new int[9];
  private int[] slots = new int[16];
  private int count;

  /** The number of this string, a new one if it is new. */
  int numberOf(byte[] key) {
    int slot = slotOf(key);
    if (slots[slot] == 0) {
      append(key);
      slots[slot] = count;
      if (count * 2 > slots.length) {
        rehash();
      }
      return count - 1;
    }
    return slots[slot] - 1;
  }

  int size() {
    return count;
  }

  byte[] get(int number) {
    return Arrays.copyOfRange(bytes, starts[number], starts[number + 1]);
  }

  /** All numbers, in the order of their strings. */
  int[] sorted() {
    return IntStream.range(0, count).boxed().sorted(this::compare).mapToInt(i -> i).toArray();
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(
        bytes, starts[left], starts[left + 1], bytes, starts[right], starts[right + 1]);
  }

  private int slotOf(byte[] key) {
    int slot = spread(Arrays.hashCode(key)) & (slots.length - 1);
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, key)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean isAt(int number, byte[] key) {
    return Arrays.equals(bytes, starts[number], starts[number + 1], key, 0, key.length);
  }

  private void append(byte[] key) {
    int end = starts[count];
    if (bytes.length - end < key.length) {
      bytes = Arrays.copyOf(bytes, Math.addExact(bytes.length, Math.max(bytes.length, key.length)));
    }
    if (count + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    System.arraycopy(key, 0, bytes, end, key.length);
    starts[++count] = end + key.length;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    for (int number = 0; number < count; number++) {
      slots[slotOf(get(number))] = number + 1;
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9e3779b9;
    return mixed ^ mixed >>> 16;
  }
}
