package dev.siltstone.operations;

import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;

/**
 * An approximate index of other people's making, in memory: what {@link RecallCheck} compares ours
 * with. Only the command line has one; a function's package carries no second index.
 */
public interface PeerIndex {
  /** Whose it is. */
  String name();

  /**
   * Builds an index of some vectors and asks it for neighbours.
   *
   * @param vectors one for each row, at least one, all of one dimension
   * @param parameters M, efConstruction and ef
   * @return for each query up to {@code k} rows, nearest first
   */
  int[][] nearest(
      Space space, float[][] vectors, float[][] queries, int k, HnswParameters parameters);
}
