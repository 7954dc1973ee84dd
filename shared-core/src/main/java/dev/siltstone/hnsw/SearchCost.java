package dev.siltstone.hnsw;

/** How many rows a search compares, about: what decides between a walk and a scan. */
final class SearchCost {
  /**
   * Rows that a walk compares for each of its ef, measured with M = 16. A walk must pass rows that
   * are not admitted too, so it costs this times ef over the share admitted.
   */
  private static final double COMPARED_PER_EF = 20;

  private SearchCost() {}

  /** Whether comparing {@code admitted} of so many rows costs less than walking to {@code ef}. */
  static boolean scanIsCheaper(int admitted, int ef, int rows) {
    return (double) admitted * admitted <= COMPARED_PER_EF * ef * rows;
  }

  /** Rows compared by a walk to {@code ef} of the admitted. */
  static long ofWalk(int admitted, int ef, int rows) {
    return (long) (COMPARED_PER_EF * ef * rows / admitted);
  }
}
