package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
  private static final VectorSpecies<Integer> PAIRS = SPECIES.withLanes(int.class);
  private static final int WIDTH = SPECIES.length();

  /** The machine's width, but never wider than half a group of stored halves. */
  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > FloatHalves.HALF_GROUP ? FloatVector.SPECIES_512 : preferred;
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
  public void roughDot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    FloatVector sumA = FloatVector.zero(SPECIES);
    FloatVector sumB = sumA;
    FloatVector sumC = sumA;
    FloatVector sumD = sumA;
    for (int i = 0; i < query.length / 2; i += WIDTH) {
      int value = FloatHalves.firstOf(i);
      FloatVector first = FloatVector.fromArray(SPECIES, query, value);
      FloatVector second = FloatVector.fromArray(SPECIES, query, value + FloatHalves.HALF_GROUP);
      long from = (long) i * Integer.BYTES;
      IntVector ofA = pairs(vectors, a + from);
      IntVector ofB = pairs(vectors, b + from);
      IntVector ofC = pairs(vectors, c + from);
      IntVector ofD = pairs(vectors, d + from);
      sumA = second(ofA).fma(second, first(ofA).fma(first, sumA));
      sumB = second(ofB).fma(second, first(ofB).fma(first, sumB));
      sumC = second(ofC).fma(second, first(ofC).fma(first, sumC));
      sumD = second(ofD).fma(second, first(ofD).fma(first, sumD));
    }
    out[at] = sumA.reduceLanes(VectorOperators.ADD);
    out[at + 1] = sumB.reduceLanes(VectorOperators.ADD);
    out[at + 2] = sumC.reduceLanes(VectorOperators.ADD);
    out[at + 3] = sumD.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public void roughSquaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    FloatVector sumA = FloatVector.zero(SPECIES);
    FloatVector sumB = sumA;
    FloatVector sumC = sumA;
    FloatVector sumD = sumA;
    for (int i = 0; i < query.length / 2; i += WIDTH) {
      int value = FloatHalves.firstOf(i);
      FloatVector first = FloatVector.fromArray(SPECIES, query, value);
      FloatVector second = FloatVector.fromArray(SPECIES, query, value + FloatHalves.HALF_GROUP);
      long from = (long) i * Integer.BYTES;
      IntVector ofA = pairs(vectors, a + from);
      IntVector ofB = pairs(vectors, b + from);
      IntVector ofC = pairs(vectors, c + from);
      IntVector ofD = pairs(vectors, d + from);
      sumA = plusSquares(sumA, first(ofA).sub(first), second(ofA).sub(second));
      sumB = plusSquares(sumB, first(ofB).sub(first), second(ofB).sub(second));
      sumC = plusSquares(sumC, first(ofC).sub(first), second(ofC).sub(second));
      sumD = plusSquares(sumD, first(ofD).sub(first), second(ofD).sub(second));
    }
    out[at] = sumA.reduceLanes(VectorOperators.ADD);
    out[at + 1] = sumB.reduceLanes(VectorOperators.ADD);
    out[at + 2] = sumC.reduceLanes(VectorOperators.ADD);
    out[at + 3] = sumD.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector plusSquares(FloatVector sum, FloatVector first, FloatVector second) {
    return second.fma(second, first.fma(first, sum));
  }

  @Override
  public void unpack(MemorySegment vectors, long upper, float[] query) {
    for (int i = 0; i < query.length / 2; i += WIDTH) {
      IntVector uppers = pairs(vectors, upper + (long) i * Integer.BYTES);
      first(uppers).intoArray(query, FloatHalves.firstOf(i));
      second(uppers).intoArray(query, FloatHalves.firstOf(i) + FloatHalves.HALF_GROUP);
    }
  }

  @Override
  public void join(
      MemorySegment vectors, long upper, long lower, MemorySegment target, long at, int values) {
    for (int i = 0; i < values / 2; i += WIDTH) {
      long from = (long) i * Integer.BYTES;
      IntVector uppers = pairs(vectors, upper + from);
      IntVector lowers = pairs(vectors, lower + from);
      IntVector firstLowers =
          lowers.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
      IntVector secondLowers = lowers.lanewise(VectorOperators.ASHR, 16);
      long place = at + (long) FloatHalves.firstOf(i) * Float.BYTES;
      uppers
          .lanewise(VectorOperators.LSHL, 16)
          .add(firstLowers)
          .intoMemorySegment(target, place, ORDER);
      uppers
          .and(FloatHalves.SECOND)
          .add(secondLowers)
          .intoMemorySegment(target, place + FloatHalves.HALF_GROUP * Float.BYTES, ORDER);
    }
  }

  private static IntVector pairs(MemorySegment vectors, long at) {
    return IntVector.fromMemorySegment(PAIRS, vectors, at, ORDER);
  }

  private static FloatVector first(IntVector uppers) {
    return uppers.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  private static FloatVector second(IntVector uppers) {
    return uppers.and(FloatHalves.SECOND).reinterpretAsFloats();
  }

  @Override
  public String name() {
    return "simd-" + SPECIES.vectorBitSize();
  }
}
