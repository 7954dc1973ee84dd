package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;

/**
 * Vectors of a mapped file, stored in two places each.
 *
 * @param segment native memory that holds it all
 * @param places where the vectors lie in it
 * @param floats how they are stored there
 * @param inverseNorms byte offset of row 0's inverse norm; unused unless the space is cosine
 * @param space how they are compared
 * @param rounding how far at most a vector and its codes are apart, see {@link Rounding}; 0 if
 *     distances to codes say too little, so that vectors are compared whole
 */
public record SplitTable(
    MemorySegment segment,
    SplitRows places,
    SplitFloats floats,
    long inverseNorms,
    Space space,
    float rounding)
    implements VectorTable {
  public SplitTable {
    VectorTable.requireNative(segment);
  }

  /** The same vectors, to be compared whole. */
  public SplitTable whole() {
    return new SplitTable(segment, places, floats, inverseNorms, space, 0);
  }

  @Override
  public int rows() {
    return places.rows();
  }

  @Override
  public int dimension() {
    return places.dimension();
  }

  @Override
  public void copyRow(int row, float[] target) {
    floats.read(segment, places.codes(row), places.rest(row), dimension(), target);
  }
}
