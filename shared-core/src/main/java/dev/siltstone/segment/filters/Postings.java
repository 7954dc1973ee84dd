package dev.siltstone.segment.filters;

import dev.siltstone.failure.CorruptDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** Follows references to rows. */
final class Postings {
  private final ByteBuffer bitmaps;

  /**
   * @param bitmaps section 1
   */
  Postings(ByteBuffer bitmaps) {
    this.bitmaps = bitmaps;
  }

  /** A copy of a value's rows. */
  RoaringBitmap rows(int reference) {
    return isBitmap(reference)
        ? bitmap(reference).toRoaringBitmap()
        : RoaringBitmap.bitmapOf(reference);
  }

  void addTo(RowUnion union, int reference) {
    if (isBitmap(reference)) {
      union.addAll(bitmap(reference));
    } else {
      union.add(reference);
    }
  }

  private static boolean isBitmap(int reference) {
    return (reference & FilterFormat.BITMAP_FLAG) != 0;
  }

  private ImmutableRoaringBitmap bitmap(int reference) {
    int offset = reference & ~FilterFormat.BITMAP_FLAG;
    try {
      return new ImmutableRoaringBitmap(
          bitmaps.slice(offset, bitmaps.limit() - offset).order(ByteOrder.LITTLE_ENDIAN));
    } catch (IndexOutOfBoundsException | InvalidRoaringFormat e) {
      throw new CorruptDataException("filters.idx: no bitmap at " + offset, e);
    }
  }
}
