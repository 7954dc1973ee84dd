package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Vectors of fresh writes, whole: little-endian float32, each followed by zeros up to {@link
 * VectorTable#paddedDimension}.
 *
 * @param segment native memory that holds it all
 * @param inverseNorms byte offset of row 0's inverse norm; unused unless the space is cosine
 * @param rows number of vectors, of which the first begins the segment
 * @param dimension values in each
 * @param space how they are compared
 */
public record FloatTable(
    MemorySegment segment, long inverseNorms, int rows, int dimension, Space space)
    implements VectorTable {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  public FloatTable {
    VectorTable.requireNative(segment);
  }

  /** Bytes from one vector of so many values to the next. */
  public static long stride(int dimension) {
    return (long) VectorTable.paddedDimension(dimension) * Float.BYTES;
  }

  /** Byte offset of a row's vector. */
  public long offset(int row) {
    return row * stride(dimension);
  }

  @Override
  public void copyRow(int row, float[] target) {
    MemorySegment.copy(segment, FLOAT, offset(row), target, 0, dimension);
  }
}
