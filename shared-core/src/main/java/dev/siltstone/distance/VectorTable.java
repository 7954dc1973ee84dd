package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;

/**
 * float32 vectors of one dimension in native memory. Cosine tables also hold {@link InverseNorm} of
 * each row, densely.
 */
public sealed interface VectorTable permits FloatTable, SplitTable {
  /** Vectors are padded to a multiple of so many values: their codes fill a 512-bit register. */
  int LANES = 64;

  /** Native memory that holds it all. */
  MemorySegment segment();

  /** Byte offset of row 0's inverse norm; unused unless the space is cosine. */
  long inverseNorms();

  /** Number of vectors. */
  int rows();

  /** Values in each. */
  int dimension();

  /** How they are compared. */
  Space space();

  /** Copies a row's values, bit for bit, into the beginning of {@code target}. */
  void copyRow(int row, float[] target);

  /** {@link InverseNorm} of a row; cosine tables only. */
  default float inverseNorm(int row) {
    return InverseNorm.read(segment(), inverseNorms(), row);
  }

  /** The dimension rounded up to whole {@link #LANES}. */
  static int paddedDimension(int dimension) {
    return (dimension + LANES - 1) / LANES * LANES;
  }

  /** Kernels are compiled for one kind of memory. */
  static void requireNative(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("vectors must be in native memory");
    }
  }
}
