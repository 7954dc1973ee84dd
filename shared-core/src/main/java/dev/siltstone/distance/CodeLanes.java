package dev.siltstone.distance;

/**
 * Where the parts of {@link SplitFloats} lie in their two places. Codes lie in groups of 64 values,
 * as 16 little-endian numbers of 32 bits: the bytes of number {@code i} are, from the lowest one
 * on, the codes of values {@code i}, {@code 16 + i}, {@code 32 + i} and {@code 48 + i}. A register
 * of them, of any width, comes apart into four of consecutive values by shifts and masks. In the
 * other place lie the middle parts of all values in the same order and, behind them, the lower
 * parts: of each group 16 numbers with those of values {@code i} and {@code 16 + i}, then 16 with
 * the others. All offsets are in bytes.
 */
final class CodeLanes {
  /** Numbers of a group. */
  static final int STEP = VectorTable.LANES / Integer.BYTES;

  private CodeLanes() {}

  /** Where the number lies that holds the code of a value. */
  static int numberOf(int value) {
    return (value & -VectorTable.LANES) | (value & (STEP - 1)) << 2;
  }

  /** By how many bits a number is to be moved up so that the code of a value is on top. */
  static int upOf(int value) {
    return Integer.SIZE - Byte.SIZE - ((value / STEP) & 3) * Byte.SIZE;
  }

  /** Where the number lies that holds the lower part of a value. */
  static int pairOf(int value) {
    return (value & (-2 * STEP)) << 1 | (value & (STEP - 1)) << 2;
  }

  /** By how many bits that is to be moved up. */
  static int upOfPair(int value) {
    return Short.SIZE - ((value / STEP) & 1) * Short.SIZE;
  }

  /** Where the code of a value lies among all codes. */
  static int codePlace(int value) {
    return numberOf(value) | ((value / STEP) & 3);
  }

  /** Where the lower part of a value lies among all lower parts. */
  static int lowerPlace(int value) {
    return pairOf(value) | ((value / STEP) & 1) << 1;
  }
}
