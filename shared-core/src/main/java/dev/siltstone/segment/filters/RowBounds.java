package dev.siltstone.segment.filters;

import org.roaringbitmap.RoaringBitmap;

/**
 * What an index can say about a condition: which rows satisfy it for certain, and which at most.
 * The rest of the latter must be looked at one by one. The bitmaps belong to whoever is handed them
 * and may be one and the same.
 *
 * @param certain rows that satisfy the condition, some of {@code possible}
 * @param possible all rows that can satisfy it
 */
public record RowBounds(RoaringBitmap certain, RoaringBitmap possible) {
  /** The index knows. */
  public static RowBounds exactly(RoaringBitmap rows) {
    return new RowBounds(rows, rows);
  }

  /** The index knows only which rows need not be looked at. */
  public static RowBounds atMost(RoaringBitmap rows) {
    return new RowBounds(new RoaringBitmap(), rows);
  }

  /** Whether no row need be looked at. */
  public boolean decided() {
    return certain.getCardinality() == possible.getCardinality();
  }
}
