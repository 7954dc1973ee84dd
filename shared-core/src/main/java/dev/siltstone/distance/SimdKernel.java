package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API at the machine's own width (128 to 512 bits). Thousands of times slower than
 * compiled code while interpreted: {@link KernelChoice} must know that C2 is there before it loads
 * this class.
 */
final class SimdKernel implements DistanceKernel {
  /** Rows whose lines are asked for together: more than the memory fetches at a time. */
  private static final int BLOCK = 24;

  /** From the highest bits of a half to where sign, exponent and mantissa of a value have them. */
  private static final int DOWN = Byte.SIZE - (SplitFloats.CODE_SHIFT - Short.SIZE);

  private static final short HALF_BITS = (short) (SplitFloats.CODE_BITS >>> Short.SIZE);
  private static final int SECOND = 0xFFFF0000;

  /** A code's e, in the highest byte. */
  private static final int E = 0x70000000;

  /** A middle's t, where the bits of a value have the exponent. */
  private static final int T = 31 << SplitFloats.MANTISSA_BITS;

  private static final int MIDDLE_OF_MANTISSA = 7 << Short.SIZE;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final VectorSpecies<Float> SPECIES = species();
  private static final VectorSpecies<Integer> NUMBERS = SPECIES.withLanes(int.class);
  private static final VectorSpecies<Short> HALVES = SPECIES.withLanes(short.class);
  private static final int WIDTH = SPECIES.length();

  /** The machine's width, but never wider than what lies together of stored codes. */
  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > CodeLanes.STEP ? FloatVector.SPECIES_512 : preferred;
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

  /*
   * Four vectors at a time are compared. The first four of a block ask the memory for the others'
   * lines too, one of each as they go along: by itself the processor looks so little ahead that it
   * waits for one vector after another (768 values: 170 ns a row, in blocks 115, from cache 40).
   *
   * Four codes of a number become values in two steps: every second one the upper half of its value,
   * two in a number; then each of these the value. All is written out once more for each of the
   * four: with methods for it, C2 gives up inlining.
   */

  @Override
  public int roughDot(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out) {
    int ahead = 0;
    for (int block = 0; block < count; block += BLOCK) {
      int end = Math.min(count, block + BLOCK);
      for (int group = block; group < end; group += QueryScorer.GROUP) {
        int others = group == block ? end : group;
        ahead += roughDot(vectors, offsets, exponents, group, others, query, out);
      }
    }
    return ahead;
  }

  private static int roughDot(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int group,
      int end,
      float[] query,
      float[] out) {
    long a = offsets[group];
    long b = offsets[group + 1];
    long c = offsets[group + 2];
    long d = offsets[group + 3];
    FloatVector sumA = FloatVector.zero(SPECIES);
    FloatVector sumB = sumA;
    FloatVector sumC = sumA;
    FloatVector sumD = sumA;
    short baseA = base(exponents[group]);
    short baseB = base(exponents[group + 1]);
    short baseC = base(exponents[group + 2]);
    short baseD = base(exponents[group + 3]);
    int ahead = 0;
    for (int line = 0; line < query.length; line += VectorTable.LANES) {
      ahead += readAhead(vectors, offsets, group + QueryScorer.GROUP, end, line);
      for (int i = 0; i < VectorTable.LANES / 2; i += WIDTH) {
        FloatVector q0 = FloatVector.fromArray(SPECIES, query, line + i);
        FloatVector q1 = FloatVector.fromArray(SPECIES, query, line + i + VectorTable.LANES / 2);
        long from = CodeLanes.numberOf(line + i);
        int up = i < CodeLanes.STEP ? Byte.SIZE : 0;
        IntVector ofA =
            ShortVector.fromMemorySegment(HALVES, vectors, a + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseA)
                .reinterpretAsInts();
        FloatVector firstA = ofA.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector secondA = ofA.and(SECOND).reinterpretAsFloats();
        sumA = secondA.fma(q1, firstA.fma(q0, sumA));
        IntVector ofB =
            ShortVector.fromMemorySegment(HALVES, vectors, b + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseB)
                .reinterpretAsInts();
        FloatVector firstB = ofB.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector secondB = ofB.and(SECOND).reinterpretAsFloats();
        sumB = secondB.fma(q1, firstB.fma(q0, sumB));
        IntVector ofC =
            ShortVector.fromMemorySegment(HALVES, vectors, c + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseC)
                .reinterpretAsInts();
        FloatVector firstC = ofC.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector secondC = ofC.and(SECOND).reinterpretAsFloats();
        sumC = secondC.fma(q1, firstC.fma(q0, sumC));
        IntVector ofD =
            ShortVector.fromMemorySegment(HALVES, vectors, d + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseD)
                .reinterpretAsInts();
        FloatVector firstD = ofD.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector secondD = ofD.and(SECOND).reinterpretAsFloats();
        sumD = secondD.fma(q1, firstD.fma(q0, sumD));
      }
    }
    out[group] = sumA.reduceLanes(VectorOperators.ADD);
    out[group + 1] = sumB.reduceLanes(VectorOperators.ADD);
    out[group + 2] = sumC.reduceLanes(VectorOperators.ADD);
    out[group + 3] = sumD.reduceLanes(VectorOperators.ADD);
    return ahead;
  }

  /** {@link SplitFloats#lowest}, as it is in an upper half. */
  private static short base(int exponent) {
    return (short) (SplitFloats.lowest(exponent) >>> Short.SIZE);
  }

  /** Reads a byte of a line of each of these vectors, so that the memory fetches it. */
  private static int readAhead(MemorySegment vectors, long[] offsets, int from, int end, int line) {
    int ahead = 0;
    for (int i = from; i < end; i++) {
      ahead += vectors.get(ValueLayout.JAVA_BYTE, offsets[i] + line);
    }
    return ahead;
  }

  @Override
  public int roughSquaredDistance(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out) {
    int ahead = 0;
    for (int block = 0; block < count; block += BLOCK) {
      int end = Math.min(count, block + BLOCK);
      for (int group = block; group < end; group += QueryScorer.GROUP) {
        int others = group == block ? end : group;
        ahead += roughSquaredDistance(vectors, offsets, exponents, group, others, query, out);
      }
    }
    return ahead;
  }

  private static int roughSquaredDistance(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int group,
      int end,
      float[] query,
      float[] out) {
    long a = offsets[group];
    long b = offsets[group + 1];
    long c = offsets[group + 2];
    long d = offsets[group + 3];
    FloatVector sumA = FloatVector.zero(SPECIES);
    FloatVector sumB = sumA;
    FloatVector sumC = sumA;
    FloatVector sumD = sumA;
    short baseA = base(exponents[group]);
    short baseB = base(exponents[group + 1]);
    short baseC = base(exponents[group + 2]);
    short baseD = base(exponents[group + 3]);
    int ahead = 0;
    for (int line = 0; line < query.length; line += VectorTable.LANES) {
      ahead += readAhead(vectors, offsets, group + QueryScorer.GROUP, end, line);
      for (int i = 0; i < VectorTable.LANES / 2; i += WIDTH) {
        FloatVector q0 = FloatVector.fromArray(SPECIES, query, line + i);
        FloatVector q1 = FloatVector.fromArray(SPECIES, query, line + i + VectorTable.LANES / 2);
        long from = CodeLanes.numberOf(line + i);
        int up = i < CodeLanes.STEP ? Byte.SIZE : 0;
        IntVector ofA =
            ShortVector.fromMemorySegment(HALVES, vectors, a + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseA)
                .reinterpretAsInts();
        FloatVector firstA = ofA.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().sub(q0);
        FloatVector secondA = ofA.and(SECOND).reinterpretAsFloats().sub(q1);
        sumA = secondA.fma(secondA, firstA.fma(firstA, sumA));
        IntVector ofB =
            ShortVector.fromMemorySegment(HALVES, vectors, b + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseB)
                .reinterpretAsInts();
        FloatVector firstB = ofB.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().sub(q0);
        FloatVector secondB = ofB.and(SECOND).reinterpretAsFloats().sub(q1);
        sumB = secondB.fma(secondB, firstB.fma(firstB, sumB));
        IntVector ofC =
            ShortVector.fromMemorySegment(HALVES, vectors, c + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseC)
                .reinterpretAsInts();
        FloatVector firstC = ofC.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().sub(q0);
        FloatVector secondC = ofC.and(SECOND).reinterpretAsFloats().sub(q1);
        sumC = secondC.fma(secondC, firstC.fma(firstC, sumC));
        IntVector ofD =
            ShortVector.fromMemorySegment(HALVES, vectors, d + from, ORDER)
                .lanewise(VectorOperators.LSHL, up)
                .lanewise(VectorOperators.ASHR, DOWN)
                .and(HALF_BITS)
                .add(baseD)
                .reinterpretAsInts();
        FloatVector firstD = ofD.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().sub(q0);
        FloatVector secondD = ofD.and(SECOND).reinterpretAsFloats().sub(q1);
        sumD = secondD.fma(secondD, firstD.fma(firstD, sumD));
      }
    }
    out[group] = sumA.reduceLanes(VectorOperators.ADD);
    out[group + 1] = sumB.reduceLanes(VectorOperators.ADD);
    out[group + 2] = sumC.reduceLanes(VectorOperators.ADD);
    out[group + 3] = sumD.reduceLanes(VectorOperators.ADD);
    return ahead;
  }

  @Override
  public void unpack(MemorySegment vectors, long codes, int exponent, float[] query) {
    for (int i = 0; i < query.length; i += WIDTH) {
      numbers(vectors, codes + CodeLanes.numberOf(i))
          .lanewise(VectorOperators.LSHL, CodeLanes.upOf(i))
          .lanewise(VectorOperators.ASHR, Float.SIZE - Byte.SIZE - SplitFloats.CODE_SHIFT)
          .and(SplitFloats.CODE_BITS)
          .add(SplitFloats.lowest(exponent))
          .reinterpretAsFloats()
          .intoArray(query, i);
    }
  }

  @Override
  public void join(
      MemorySegment vectors,
      long codes,
      long rest,
      int exponent,
      MemorySegment target,
      long at,
      int values) {
    int lowest = SplitFloats.lowest(exponent) - SplitFloats.HALF_UNIT;
    int toZero = SplitFloats.lowest(exponent - SplitFloats.SHARING);
    for (int i = 0; i < values; i += WIDTH) {
      long from = CodeLanes.numberOf(i);
      int up = CodeLanes.upOf(i);
      IntVector code = numbers(vectors, codes + from).lanewise(VectorOperators.LSHL, up);
      IntVector middle = numbers(vectors, rest + from).lanewise(VectorOperators.LSHL, up);
      IntVector lower =
          numbers(vectors, rest + values + CodeLanes.pairOf(i))
              .lanewise(VectorOperators.LSHL, CodeLanes.upOfPair(i))
              .lanewise(VectorOperators.LSHR, Short.SIZE);
      IntVector t = middle.lanewise(VectorOperators.LSHR, 4).and(T);
      if (code.and(E).compare(VectorOperators.NE, 0, t.compare(VectorOperators.NE, 0)).anyTrue()) {
        joinOneByOne(vectors, codes, rest, exponent, target, at, values);
        return;
      }
      code.lanewise(VectorOperators.ASHR, Float.SIZE - Byte.SIZE - SplitFloats.CODE_SHIFT)
          .and(SplitFloats.CODE_BITS)
          .add(lowest)
          .sub(t)
          .sub(toZero, t.eq(T))
          .add(middle.lanewise(VectorOperators.LSHR, Byte.SIZE).and(MIDDLE_OF_MANTISSA))
          .add(lower)
          .intoMemorySegment(target, at + (long) i * Float.BYTES, ORDER);
    }
  }

  /** Some value is smaller than the greatest one by eleven orders of magnitude. */
  private static void joinOneByOne(
      MemorySegment vectors,
      long codes,
      long rest,
      int exponent,
      MemorySegment target,
      long at,
      int values) {
    float[] joined = new float[values];
    SplitFloats.of(exponent).read(vectors, codes, rest, values, joined);
    MemorySegment.copy(joined, 0, target, FLOAT, at, values);
  }

  private static IntVector numbers(MemorySegment vectors, long at) {
    return IntVector.fromMemorySegment(NUMBERS, vectors, at, ORDER);
  }

  @Override
  public String name() {
    return "simd-" + SPECIES.vectorBitSize();
  }
}
