package dev.siltstone.segment.filters;

import dev.siltstone.segment.file.FramedFileWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.roaringbitmap.RoaringBitmap;

/** Writes the rows of values: a lone row is its own reference, several become a bitmap. */
final class RowReferences {
  private RowReferences() {}

  /** The reference of each value, whose rows are ascending, after writing its bitmap if any. */
  static int[] write(int[][] rowsPerValue, FramedFileWriter file) {
    int[] references = new int[rowsPerValue.length];
    for (int value = 0; value < references.length; value++) {
      int[] rows = rowsPerValue[value];
      references[value] =
          rows[0] == rows[rows.length - 1]
              ? rows[0]
              : writeBitmap(RoaringBitmap.bitmapOf(rows), file);
    }
    return references;
  }

  static int writeBitmap(RoaringBitmap bitmap, FramedFileWriter file) {
    long offset = file.sectionLength();
    if (offset > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a segment's filter bitmaps take more than 2 GiB");
    }
    bitmap.runOptimize();
    ByteBuffer bytes =
        ByteBuffer.allocate(bitmap.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
    bitmap.serialize(bytes);
    file.put(bytes.flip());
    return (int) offset | FilterFormat.BITMAP_FLAG;
  }
}
