package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * float32 vectors of one dimension in native memory, little-endian, one each {@code stride} bytes,
 * each followed by zeros up to {@link #paddedDimension}. Cosine tables also hold {@link
 * InverseNorm} of each row, densely.
 *
 * @param segment native memory that holds it all
 * @param base byte offset of row 0's vector
 * @param stride bytes from one row's vector to the next
 * @param inverseNorms byte offset of row 0's inverse norm; unused unless the space is cosine
 * @param rows number of vectors
 * @param dimension values in each
 * @param space how they are compared
 */
public record VectorTable(
    MemorySegment segment,
    long base,
    long stride,
    long inverseNorms,
    int rows,
    int dimension,
    Space space) {
  /** Vectors are padded to a multiple of this many floats: one 512-bit register. */
  public static final int LANES = 16;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  public VectorTable {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("vectors must be in native memory");
    }
    if (stride < (long) paddedDimension(dimension) * Float.BYTES) {
      throw new IllegalArgumentException(
          "stride %d is too small for dimension %d".formatted(stride, dimension));
    }
  }

  /** The dimension rounded up to whole {@link #LANES}. */
  public static int paddedDimension(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }

  /** Byte offset of a row's vector. */
  public long offset(int row) {
    return base + row * stride;
  }

  /** Copies a row's values into the beginning of {@code target}. */
  public void copyRow(int row, float[] target) {
    MemorySegment.copy(segment, FLOAT, offset(row), target, 0, dimension);
  }

  /** {@link InverseNorm} of a row; cosine tables only. */
  public float inverseNorm(int row) {
    return segment.get(FLOAT, inverseNorms + (long) row * Float.BYTES);
  }
}
