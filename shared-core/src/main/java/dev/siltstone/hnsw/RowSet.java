package dev.siltstone.hnsw;

import java.util.Arrays;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** A set of row numbers as plain bits: small enough to stay in the nearest cache. */
final class RowSet {
  private final long[] words;

  /** An empty set that can hold rows below {@code rows}. */
  RowSet(int rows) {
    this.words = new long[words(rows)];
  }

  private RowSet(long[] words) {
    this.words = words;
  }

  /** The rows of a bitmap, of which none may be at or above {@code rows}. */
  static RowSet of(RoaringBitmap bitmap, int rows) {
    return new RowSet(Arrays.copyOf(BitSetUtil.toLongArray(bitmap), words(rows)));
  }

  /** The rows below {@code rows} that a bitmap lacks. */
  static RowSet without(RoaringBitmap bitmap, int rows) {
    RowSet set = of(bitmap, rows);
    for (int word = 0; word < set.words.length; word++) {
      set.words[word] = ~set.words[word];
    }
    return set;
  }

  private static int words(int rows) {
    return (rows + Long.SIZE - 1) / Long.SIZE;
  }

  /** Adds a row; says whether it was new. */
  boolean add(int row) {
    int word = row >>> 6;
    long before = words[word];
    long after = before | 1L << row;
    words[word] = after;
    return before != after;
  }

  void remove(int row) {
    words[row >>> 6] &= ~(1L << row);
  }

  boolean contains(int row) {
    return (words[row >>> 6] & 1L << row) != 0;
  }

  void clear() {
    Arrays.fill(words, 0);
  }
}
