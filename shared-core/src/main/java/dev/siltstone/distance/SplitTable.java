package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Vectors of a mapped file, stored in two places each.
 *
 * @param segment native memory that holds it all
 * @param places where the vectors lie in it
 * @param exponents byte offset of row 0's exponent, see {@link SplitFloats}: one byte each
 * @param inverseNorms byte offset of row 0's inverse norm; unused unless the space is cosine
 * @param space how they are compared
 * @param rounding how far at most a vector and its codes are apart, see {@link Rounding}; 0 if
 *     distances to codes say too little, so that vectors are compared whole
 */
public record SplitTable(
    MemorySegment segment,
    SplitRows places,
    long exponents,
    long inverseNorms,
    Space space,
    float rounding)
    implements VectorTable {
  public SplitTable {
    VectorTable.requireNative(segment);
  }

  /** The same vectors, to be compared whole. */
  public SplitTable whole() {
    return new SplitTable(segment, places, exponents, inverseNorms, space, 0);
  }

  int exponent(int row) {
    return segment.get(ValueLayout.JAVA_BYTE, exponents + row) & 0xFF;
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
    SplitFloats.of(exponent(row))
        .read(segment, places.codes(row), places.rest(row), dimension(), target);
  }
}
