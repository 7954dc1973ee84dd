package dev.siltstone.hnsw;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows may be answers: all but the deleted ones, or only those that match. The bitmap must
 * not change afterwards. Immutable; one filter may serve any number of searches and threads, and
 * what it prepares for walks it prepares once.
 */
public final class RowFilter {
  private static final RowFilter ALL = new RowFilter(new RoaringBitmap(), Kind.EXCEPT);

  private enum Kind {
    EXCEPT,
    ONLY
  }

  private final RoaringBitmap rows;
  private final Kind kind;
  private volatile @Nullable RowSet admitted;

  private RowFilter(RoaringBitmap rows, Kind kind) {
    this.rows = rows;
    this.kind = kind;
  }

  /** Every row. */
  public static RowFilter all() {
    return ALL;
  }

  /** Every row but these. */
  public static RowFilter except(RoaringBitmap deleted) {
    return new RowFilter(deleted, Kind.EXCEPT);
  }

  /** These rows, all of which must exist; without deleted ones if those are not wanted. */
  public static RowFilter only(RoaringBitmap matches) {
    return new RowFilter(matches, Kind.ONLY);
  }

  /** How many of {@code size} rows are admitted. */
  int count(int size) {
    int named = rows.getCardinality();
    return kind == Kind.EXCEPT ? size - named : named;
  }

  /** Compares each admitted row. */
  void scan(ExactScan scan, TopK into) {
    switch (kind) {
      case EXCEPT -> scan.all(rows, into);
      case ONLY -> scan.among(rows, new RoaringBitmap(), into);
    }
  }

  /** The admitted of {@code size} rows; always asked for the same size. */
  RowSet admitted(int size) {
    RowSet known = admitted;
    if (known == null) {
      known = kind == Kind.EXCEPT ? RowSet.without(rows, size) : RowSet.of(rows, size);
      admitted = known;
    }
    return known;
  }
}
