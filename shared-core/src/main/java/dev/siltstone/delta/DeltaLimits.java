package dev.siltstone.delta;

/**
 * How large a delta may be once decompressed. Writers and readers of one store must agree on them,
 * since a reader's refusal is a verdict on the bytes: everything but tests uses {@link #FORMAT}.
 *
 * @param maxRawBytes bytes of the SQLite database
 * @param maxRatio bytes of the database per byte of the file
 */
public record DeltaLimits(long maxRawBytes, int maxRatio) {
  /**
   * 128 MiB, and 2,000 to 1. SQLite's page headers alone keep honest deltas below 1,000 (one
   * document of 30 million equal letters: 909), while plain zeros compress 32,000 to 1.
   */
  public static final DeltaLimits FORMAT = new DeltaLimits(128L << 20, 2_000);

  public DeltaLimits {
    if (maxRawBytes < 1 || maxRawBytes > Integer.MAX_VALUE || maxRatio < 1) {
      throw new IllegalArgumentException("limits of " + maxRawBytes + " and " + maxRatio);
    }
  }
}
