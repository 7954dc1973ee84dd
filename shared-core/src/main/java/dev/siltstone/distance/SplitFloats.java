package dev.siltstone.distance;

import dev.siltstone.record.Embedding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * How vectors of float32 values are stored in two places: of each value a code of 8 bits, by which
 * distances are estimated, and the other 24 bits. Nothing is lost and nothing added.
 *
 * <p>A code is a minifloat: sign, 3 bits of exponent, 4 bits of mantissa. So it tells values of
 * eight powers of two apart, to the nearest one part in 32. The highest of them is that of the
 * vector's greatest value; it is kept with the vector, as float32 has it. In detail: the value's
 * bits, plus half of the last bit that a code has, are {@code sign · 2³¹ + exponent · 2²³ +
 * mantissa}. The eight highest exponents go into the code. The others share the lowest of these, or
 * the next one if there is no more room; which of them it is stands in the rest:
 *
 * <pre>
 * code         sign, e (3 bits), upper 4 bits of the mantissa
 * middle       t (5 bits), next 3 bits of the mantissa
 * lower        last 16 bits of the mantissa
 *
 * exponent     t = 0: highest − 7 + e
 *              e = 0, t up to 30: highest − 7 − t
 *              e = 0, t = 31: 0, which is that of zero
 *              others: those between, going on down, and then those above the highest
 * </pre>
 *
 * <p>Values far below the highest power thus read as small ones, zero as {@link #least}; {@link
 * Rounding} knows by how much.
 *
 * <p>How the parts lie in the two places: {@link CodeLanes}. Up to {@link
 * VectorTable#paddedDimension} zeros follow.
 */
public final class SplitFloats {
  /** Exponents that a code tells apart. */
  private static final int OWN = 8;

  /** Exponents that share the code of one. */
  static final int SHARING = 31;

  /** What the highest exponent is at least, so that those which share the lowest code exist. */
  static final int LEAST_EXPONENT = OWN - 1 + SHARING;

  /** Half of the last bit that a code has. */
  static final int HALF_UNIT = 1 << 18;

  /** Where the mantissa's bits of a code begin in the bits of a value. */
  static final int CODE_SHIFT = 19;

  /** Sign, exponent and mantissa of a code in the bits of a value, but for {@link #lowest}. */
  static final int CODE_BITS = 1 << 31 | (0x7F << CODE_SHIFT);

  static final int MANTISSA_BITS = 23;
  private static final int EXPONENTS = 256;
  private static final int EXPONENT_MASK = EXPONENTS - 1;

  private static final int T_BITS = 5;

  private static final @Nullable SplitFloats[] KNOWN = new SplitFloats[EXPONENTS];

  private final int exponent;
  private final float[] values = new float[EXPONENTS];

  /** For each exponent e and t in one number: {@code e · 32 + t}. */
  private final byte[] parts = new byte[EXPONENTS];

  /** For each such number the exponent, where the bits of a value have it. */
  private final int[] exponents = new int[EXPONENTS];

  private SplitFloats(int exponent) {
    this.exponent = exponent;
    for (int code = 0; code < EXPONENTS; code++) {
      int bits = ((code & 0x7F) << CODE_SHIFT) + lowest(exponent);
      values[code] = Float.intBitsToFloat(bits | (code >>> 7) << 31);
    }
    for (int of = 0; of < EXPONENTS; of++) {
      int down = (exponent - of) & EXPONENT_MASK;
      int place = of == 0 ? SHARING - 1 : placeOfOther(down);
      int e = down < OWN ? OWN - 1 - down : place / SHARING;
      int t = down < OWN ? 0 : place % SHARING + 1;
      parts[of] = (byte) (e << T_BITS | t);
      exponents[e << T_BITS | t] = of << MANTISSA_BITS;
    }
  }

  /** Where exponents that share a code stand among these; zero has one place for itself. */
  private int placeOfOther(int down) {
    int place = down - OWN - (down > exponent ? 1 : 0);
    return place < SHARING - 1 ? place : place + 1;
  }

  /** For vectors whose greatest value has this exponent, or at least 38. */
  public static SplitFloats of(int exponent) {
    int highest = Math.max(exponent, LEAST_EXPONENT);
    SplitFloats known = KNOWN[highest];
    if (known == null) {
      known = new SplitFloats(highest); // two threads may make two, which are the same
      KNOWN[highest] = known;
    }
    return known;
  }

  /** For this vector. */
  public static SplitFloats of(Embedding vector) {
    int highest = 0;
    for (int i = 0; i < vector.dimension(); i++) {
      int bits = Float.floatToRawIntBits(vector.get(i)) + HALF_UNIT;
      highest = Math.max(highest, (bits >>> MANTISSA_BITS) & EXPONENT_MASK);
    }
    return of(highest);
  }

  /** The highest exponent that codes tell apart, 38 to 255. */
  public int exponent() {
    return exponent;
  }

  /** What the exponent and mantissa of a code are to be moved up by to be those of its value. */
  static int lowest(int exponent) {
    return (exponent - OWN + 1) << MANTISSA_BITS;
  }

  /** The value of code 0, which is that of zero too. */
  float least() {
    return values[0];
  }

  /** The values of all codes. */
  float[] values() {
    return values;
  }

  /** Bytes of the codes of a vector of so many values, a multiple of 64. */
  public static int codeBytes(int dimension) {
    return VectorTable.paddedDimension(dimension);
  }

  /** Bytes of what is left of it. */
  public static int restBytes(int dimension) {
    return 3 * codeBytes(dimension);
  }

  /** Stores a vector in two places. */
  public void write(Embedding vector, MemorySegment target, long codes, long rest) {
    byte[] split = split(vector);
    int padded = codeBytes(vector.dimension());
    MemorySegment.copy(split, 0, target, ValueLayout.JAVA_BYTE, codes, padded);
    MemorySegment.copy(split, padded, target, ValueLayout.JAVA_BYTE, rest, 3 * padded);
  }

  /** Codes, middle and lower parts of a vector. */
  private byte[] split(Embedding vector) {
    int padded = codeBytes(vector.dimension());
    byte[] split = new byte[Float.BYTES * padded];
    for (int i = 0; i < padded; i++) {
      float value = i < vector.dimension() ? vector.get(i) : 0;
      int bits = Float.floatToRawIntBits(value) + HALF_UNIT;
      int part = part(bits);
      int place = CodeLanes.codePlace(i);
      int lower = 2 * padded + CodeLanes.lowerPlace(i);
      split[place] = (byte) code(bits, part);
      split[padded + place] = (byte) (part << 3 | ((bits >>> 16) & 7));
      split[lower] = (byte) bits;
      split[lower + 1] = (byte) (bits >>> Byte.SIZE);
    }
    return split;
  }

  private int part(int bits) {
    return parts[(bits >>> MANTISSA_BITS) & EXPONENT_MASK] & 0xFF;
  }

  private static int code(int bits, int part) {
    return bits >>> 31 << 7 | part >>> T_BITS << 4 | ((bits >>> CODE_SHIFT) & 0xF);
  }

  /** Puts a vector of so many values, stored in two places, into the beginning of an array. */
  public void read(MemorySegment source, long codes, long rest, int dimension, float[] target) {
    int padded = codeBytes(dimension);
    byte[] split = new byte[Float.BYTES * padded];
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, codes, split, 0, padded);
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, rest, split, padded, 3 * padded);
    join(split, dimension, target);
  }

  /** The first {@code count} values of codes, middle and lower parts. */
  void join(byte[] split, int count, float[] target) {
    int[] exponentOf = exponents;
    int padded = split.length / Float.BYTES;
    for (int from = 0; from < count; from += CodeLanes.STEP) {
      int place = CodeLanes.codePlace(from);
      int lower = 2 * padded + CodeLanes.lowerPlace(from);
      int end = Math.min(count, from + CodeLanes.STEP);
      for (int i = from; i < end; i++) {
        int code = split[place];
        int middle = split[padded + place];
        int bits =
            (code & 0x80) << 24
                | exponentOf[(code & 0x70) << 1 | ((middle >>> 3) & 0x1F)]
                | (code & 0xF) << CODE_SHIFT
                | (middle & 7) << 16
                | (split[lower + 1] & 0xFF) << Byte.SIZE
                | (split[lower] & 0xFF);
        target[i] = Float.intBitsToFloat(bits - HALF_UNIT);
        place += Integer.BYTES;
        lower += Integer.BYTES;
      }
    }
  }

  /** A value as its code has it. */
  float rounded(float value) {
    int bits = Float.floatToRawIntBits(value) + HALF_UNIT;
    return values[code(bits, part(bits))];
  }
}
