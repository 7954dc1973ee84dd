package dev.siltstone.distance;

/** One over the Euclidean length of a vector, as cosine needs it; 0 for the zero vector. */
public final class InverseNorm {
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
}
