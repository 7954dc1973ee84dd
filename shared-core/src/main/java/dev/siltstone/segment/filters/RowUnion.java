package dev.siltstone.segment.filters;

import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** Rows gathered from many values in any order; one bit a row of the segment. */
final class RowUnion {
  private final long[] words;

  RowUnion(int rows) {
    this.words = new long[(rows + Long.SIZE - 1) / Long.SIZE];
  }

  void add(int row) {
    words[row >> 6] |= 1L << row;
  }

  void addAll(ImmutableRoaringBitmap rows) {
    rows.forEach((int row) -> add(row));
  }

  RoaringBitmap toBitmap() {
    return BitSetUtil.bitmapOf(words);
  }
}
