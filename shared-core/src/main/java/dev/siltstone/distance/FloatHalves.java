package dev.siltstone.distance;

import dev.siltstone.record.Embedding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How a vector of float32 values is stored in two places: the upper halves of all values, and their
 * lower halves, 16 bits each. An upper half is the value rounded to bfloat16, so that distances can
 * be estimated from one half of the bytes; the lower half is the value's own lower 16 bits. Both
 * together give every bit back: the value's bits are {@code upper · 2¹⁶ + lower}, the lower half
 * taken as a signed number, because rounding up has added what it takes away.
 *
 * <p>Halves lie in groups of 32 values, as 16 little-endian numbers of 32 bits: number {@code i}
 * holds the half of value {@code i} in its lower 16 bits, that of value {@code 16 + i} in its upper
 * ones. A register of them, of any width, then comes apart into two of consecutive values by a
 * shift and a mask. Zeros follow up to {@link VectorTable#paddedDimension}.
 */
public final class FloatHalves {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ROUNDING = 1 << 15;

  /** From the first value of a pair of halves to the second. */
  static final int HALF_GROUP = VectorTable.LANES / 2;

  /** Where the second half of a pair lies. */
  static final int SECOND = 0xFFFF0000;

  private FloatHalves() {}

  /** Bytes of either half of a vector of so many values, a multiple of 64. */
  public static int halfBytes(int dimension) {
    return VectorTable.paddedDimension(dimension) * Short.BYTES;
  }

  /** Stores a vector in two places where there are zeros. */
  public static void write(Embedding vector, MemorySegment target, long upper, long lower) {
    for (int i = 0; i < vector.dimension(); i++) {
      int bits = Float.floatToRawIntBits(vector.get(i));
      target.set(SHORT, upper + place(i), upper(bits));
      target.set(SHORT, lower + place(i), (short) bits);
    }
  }

  /** Puts a vector of so many values, stored in two places, into the beginning of an array. */
  public static void read(
      MemorySegment source, long upper, long lower, int dimension, float[] target) {
    for (int i = 0; i < dimension; i++) {
      target[i] = join(source.get(SHORT, upper + place(i)), source.get(SHORT, lower + place(i)));
    }
  }

  /** A value as its upper half has it: rounded to the nearest, at most by one part in 256. */
  static float rounded(float value) {
    return Float.intBitsToFloat(upper(Float.floatToRawIntBits(value)) << 16);
  }

  private static short upper(int bits) {
    return (short) ((bits + ROUNDING) >>> 16);
  }

  /** The first of the two values of a pair. */
  static int firstOf(int pair) {
    return pair + (pair & -HALF_GROUP);
  }

  private static float join(int upper, int lower) {
    return Float.intBitsToFloat((upper << 16) + (short) lower);
  }

  private static long place(int index) {
    int group = index / VectorTable.LANES;
    int within = index % VectorTable.LANES;
    return (long) group * VectorTable.LANES * Short.BYTES
        + (long) (within % HALF_GROUP) * Integer.BYTES
        + (long) (within / HALF_GROUP) * Short.BYTES;
  }
}
