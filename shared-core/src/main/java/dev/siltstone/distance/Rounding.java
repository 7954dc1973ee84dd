package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;

/**
 * How far a distance to the codes of a vector may be from the distance to the vector, so that a
 * search by estimates knows which rows it must compare whole. One number for all vectors of a
 * table: the greatest length of what rounding took away, relative to the vector's own length where
 * the space is cosine. It includes what float32 arithmetic may add.
 */
public final class Rounding {
  /** Twice what one addition of float32 numbers may be off by, relative to the sum. */
  private static final double STEP = Math.scalb(1.0, -23);

  private static final int OTHER_STEPS = 8;

  private Rounding() {}

  /** The number for one vector; not finite if a value's code is not. */
  public static float of(Embedding vector, SplitFloats floats, Space space) {
    double lost = 0;
    double length = 0;
    for (int i = 0; i < vector.dimension(); i++) {
      double value = vector.get(i);
      double difference = value - floats.rounded(vector.get(i));
      lost += difference * difference;
      length += value * value;
    }
    if (space == Space.COSINE && length == 0) {
      return 0; // at distance 1 of everything, by estimates too
    }
    double rounding = Math.sqrt(lost) + Math.sqrt(length) * arithmetic(vector.dimension());
    if (space == Space.L2) {
      rounding += Math.sqrt(padding(vector.dimension(), floats) * arithmetic(vector.dimension()));
    }
    return Math.nextUp((float) (space == Space.COSINE ? rounding / Math.sqrt(length) : rounding));
  }

  /**
   * The greatest estimate that a row at this distance can have, and the other way round.
   *
   * @param queryLength Euclidean length of the query
   */
  static float reach(
      Space space, int dimension, float rounding, double queryLength, float distance) {
    return Math.nextUp(
        (float)
            switch (space) {
              case COSINE -> distance + (double) rounding;
              case IP -> distance + rounding * queryLength;
              case L2 -> {
                double length = Math.sqrt(distance) + rounding;
                yield length * length * (1 + arithmetic(dimension));
              }
            });
  }

  /** What the codes of the zeros behind a vector add to a squared Euclidean distance. */
  static float padding(int dimension, SplitFloats floats) {
    return (VectorTable.paddedDimension(dimension) - dimension) * floats.least() * floats.least();
  }

  private static double arithmetic(int dimension) {
    return (VectorTable.paddedDimension(dimension) + OTHER_STEPS) * STEP;
  }
}
