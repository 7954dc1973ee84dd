package dev.siltstone.segment.ids;

import java.util.Arrays;

/** Entries in one byte array, sorted by id through their positions. */
final class SortedEntries {
  private byte[] bytes = new byte[1 << 14];
  private int[] starts = new int[256];
  private int[] order = new int[0];
  private int used;
  private int count;

  int size() {
    return count;
  }

  void add(byte[] entry) {
    if (bytes.length - used < entry.length) {
      bytes = Arrays.copyOf(bytes, grown(bytes.length, used + (long) entry.length));
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, grown(count, count + 1L));
    }
    System.arraycopy(entry, 0, bytes, used, entry.length);
    starts[count++] = used;
    used += entry.length;
  }

  void sort() {
    order = new int[count];
    Arrays.setAll(order, i -> i);
    sort(order, order.clone(), 0, count);
  }

  /** The entry at this place of the sorted order. */
  byte[] get(int place) {
    int entry = order[place];
    return Arrays.copyOfRange(bytes, starts[entry], end(entry));
  }

  long idHash(int entry) {
    return BloomFilter.hash(bytes, idStart(entry), end(entry));
  }

  /** Merge sort of {@code target[from..to)}, which {@code source} equals at the start. */
  private void sort(int[] target, int[] source, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(source, target, from, middle);
    sort(source, target, middle, to);
    if (compare(source[middle - 1], source[middle]) <= 0) {
      System.arraycopy(source, from, target, from, to - from);
      return;
    }
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          right == to || (left < middle && compare(source[left], source[right]) <= 0);
      target[i] = source[takeLeft ? left++ : right++];
    }
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(
        bytes, idStart(left), end(left), bytes, idStart(right), end(right));
  }

  private int idStart(int entry) {
    return starts[entry] + IdFormat.ENTRY_ID_AT;
  }

  private int end(int entry) {
    return entry + 1 < count ? starts[entry + 1] : used;
  }

  private static int grown(int length, long needed) {
    long wanted = Math.max(length + (long) (length >> 1), needed);
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a segment's ids take more than 2 GiB");
    }
    return (int) Math.min(wanted, Integer.MAX_VALUE - 8);
  }
}
