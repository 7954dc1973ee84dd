package dev.siltstone.hnsw;

/**
 * A row and its distance in one long whose order is nearest first, ties by row: the distance's bits
 * above, made comparable as integers, the row below.
 */
final class RankedRow {
  private RankedRow() {}

  /** NaN ranks behind infinity. */
  static long of(int row, float distance) {
    int bits = Float.floatToIntBits(distance);
    return ((long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32) | row;
  }

  static int row(long ranked) {
    return (int) ranked;
  }

  static float distance(long ranked) {
    int bits = (int) (ranked >> 32);
    return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }
}
