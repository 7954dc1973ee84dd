package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;

/**
 * Vectors of a mapped file, as {@link FloatHalves}.
 *
 * @param segment native memory that holds it all
 * @param places where the vectors lie in it
 * @param inverseNorms byte offset of row 0's inverse norm; unused unless the space is cosine
 * @param space how they are compared
 * @param rounding how far at most a vector and its upper half are apart, see {@link Rounding}; 0 if
 *     distances to upper halves say too little, so that vectors are compared whole
 */
public record HalvedTable(
    MemorySegment segment, HalvedRows places, long inverseNorms, Space space, float rounding)
    implements VectorTable {
  public HalvedTable {
    VectorTable.requireNative(segment);
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
    FloatHalves.read(segment, places.upper(row), places.lower(row), dimension(), target);
  }
}
