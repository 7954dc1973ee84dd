package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** One over the Euclidean length of a vector, as cosine needs it; 0 for the zero vector. */
public final class InverseNorm {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private InverseNorm() {}

  /**
   * Summed in double, where no float32 vector overflows or vanishes.
   *
   * @return 0 for a zero vector, at most {@link Float#MAX_VALUE}
   */
  public static float of(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return squares == 0 ? 0 : (float) Math.min(1 / Math.sqrt(squares), Float.MAX_VALUE);
  }

  /** Reads a row's from where they lie densely, the first at {@code norms}. */
  static float read(MemorySegment source, long norms, int row) {
    return source.get(FLOAT, norms + (long) row * Float.BYTES);
  }
}
