package dev.siltstone.distance;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;

/**
 * How far a distance to an upper half may be from the distance to the whole vector, so that a scan
 * by estimates knows which rows it must compare whole. One number for all vectors of a table: the
 * greatest length of what rounding took away, relative to the vector's own length where the space
 * is cosine. It includes what float32 arithmetic may add.
 */
public final class Rounding {
  /** Twice what one addition of float32 numbers may be off by, relative to the sum. */
  private static final double STEP = Math.scalb(1.0, -23);

  private static final int OTHER_STEPS = 8;

  private Rounding() {}

  /** The number for one vector; infinite if a value has no finite upper half. */
  public static float of(Embedding vector, Space space) {
    double lost = 0;
    double length = 0;
    for (int i = 0; i < vector.dimension(); i++) {
      double value = vector.get(i);
      double difference = value - FloatHalves.rounded(vector.get(i));
      lost += difference * difference;
      length += value * value;
    }
    double rounding = Math.sqrt(lost) + Math.sqrt(length) * arithmetic(vector.dimension());
    double unit = space == Space.COSINE && length > 0 ? Math.sqrt(length) : 1;
    return Math.nextUp((float) (rounding / unit));
  }

  /**
   * The greatest estimate that a row can have which is as near as one of this estimate.
   *
   * @param queryLength Euclidean length of the query
   */
  static float reach(
      Space space, int dimension, float rounding, double queryLength, float estimate) {
    return (float)
        switch (space) {
          case COSINE -> estimate + 2.0 * rounding;
          case IP -> estimate + 2.0 * rounding * queryLength;
          case L2 -> {
            double distance = Math.sqrt(estimate) + 2.0 * rounding;
            yield distance * distance * (1 + 2 * arithmetic(dimension));
          }
        };
  }

  private static double arithmetic(int dimension) {
    return (VectorTable.paddedDimension(dimension) + OTHER_STEPS) * STEP;
  }
}
