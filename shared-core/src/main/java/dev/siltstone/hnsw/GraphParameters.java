package dev.siltstone.hnsw;

import dev.siltstone.collection.HnswParameters;

/**
 * How a graph is built.
 *
 * @param maxNeighbors the paper's M: links a row has on upper levels, twice as many on level 0
 * @param efConstruction candidates kept while looking for a new row's neighbors
 * @param threads how many build it together; with one, equal input gives an equal file
 * @param seed decides the rows' levels
 */
public record GraphParameters(int maxNeighbors, int efConstruction, int threads, long seed) {
  /** Most links that a row may have on upper levels. */
  public static final int MAX_NEIGHBORS = 512;

  /** Beyond this many candidates a build only gets slower (Lucene draws the same line). */
  public static final int MAX_EF_CONSTRUCTION = 3_200;

  private static final int TOP_LEVEL = 30;

  public GraphParameters {
    if (maxNeighbors < 2 || maxNeighbors > MAX_NEIGHBORS) {
      throw new IllegalArgumentException(
          "max_neighbors is %d; expected 2 to %d".formatted(maxNeighbors, MAX_NEIGHBORS));
    }
    if (efConstruction < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "ef_construction is %d and threads %d; expected at least 1"
              .formatted(efConstruction, threads));
    }
  }

  /**
   * What a collection asks for, as far as it makes sense: clients may set any numbers and get them
   * echoed, but none of them may stop its indexing.
   */
  public static GraphParameters within(HnswParameters wanted, int threads, long seed) {
    return new GraphParameters(
        Math.clamp(wanted.maxNeighbors(), 2, MAX_NEIGHBORS),
        Math.clamp(wanted.efConstruction(), 1, MAX_EF_CONSTRUCTION),
        threads,
        seed);
  }

  /** The level of a new row: each level holds one in M of the rows below it. */
  int level(int row) {
    double uniform = 1 - (mix(seed + row * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    return (int) Math.min(TOP_LEVEL, -StrictMath.log(uniform) / StrictMath.log(maxNeighbors));
  }

  /** SplitMix64's finaliser: neighboring inputs give unrelated outputs. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
