package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API at the machine's own width (128 to 512 bits). Thousands of times slower than
 * compiled code while interpreted: {@link KernelChoice} must know that C2 is there before it loads
 * this class.
 */
final class SimdKernel implements DistanceKernel {
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Float> SPECIES = species();
  private static final int WIDTH = SPECIES.length();

  /** The machine's width, but never wider than the zeros that follow a stored vector. */
  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > VectorTable.LANES ? FloatVector.SPECIES_512 : preferred;
  }

  @Override
  public void dot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    FloatVector sumA = FloatVector.zero(SPECIES);
    FloatVector sumB = sumA;
    FloatVector sumC = sumA;
    FloatVector sumD = sumA;
    for (int i = 0; i < query.length; i += WIDTH) {
      FloatVector q = FloatVector.fromArray(SPECIES, query, i);
      long from = (long) i * Float.BYTES;
      sumA = FloatVector.fromMemorySegment(SPECIES, vectors, a + from, ORDER).fma(q, sumA);
      sumB = FloatVector.fromMemorySegment(SPECIES, vectors, b + from, ORDER).fma(q, sumB);
      sumC = FloatVector.fromMemorySegment(SPECIES, vectors, c + from, ORDER).fma(q, sumC);
      sumD = FloatVector.fromMemorySegment(SPECIES, vectors, d + from, ORDER).fma(q, sumD);
    }
    out[at] = sumA.reduceLanes(VectorOperators.ADD);
    out[at + 1] = sumB.reduceLanes(VectorOperators.ADD);
    out[at + 2] = sumC.reduceLanes(VectorOperators.ADD);
    out[at + 3] = sumD.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void squaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    FloatVector sumA = FloatVector.zero(SPECIES);
    FloatVector sumB = sumA;
    FloatVector sumC = sumA;
    FloatVector sumD = sumA;
    for (int i = 0; i < query.length; i += WIDTH) {
      FloatVector q = FloatVector.fromArray(SPECIES, query, i);
      long from = (long) i * Float.BYTES;
      FloatVector toA = FloatVector.fromMemorySegment(SPECIES, vectors, a + from, ORDER).sub(q);
      FloatVector toB = FloatVector.fromMemorySegment(SPECIES, vectors, b + from, ORDER).sub(q);
      FloatVector toC = FloatVector.fromMemorySegment(SPECIES, vectors, c + from, ORDER).sub(q);
      FloatVector toD = FloatVector.fromMemorySegment(SPECIES, vectors, d + from, ORDER).sub(q);
      sumA = toA.fma(toA, sumA);
      sumB = toB.fma(toB, sumB);
      sumC = toC.fma(toC, sumC);
      sumD = toD.fma(toD, sumD);
    }
    out[at] = sumA.reduceLanes(VectorOperators.ADD);
    out[at + 1] = sumB.reduceLanes(VectorOperators.ADD);
    out[at + 2] = sumC.reduceLanes(VectorOperators.ADD);
    out[at + 3] = sumD.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public String name() {
    return "simd-" + SPECIES.vectorBitSize();
  }
}
