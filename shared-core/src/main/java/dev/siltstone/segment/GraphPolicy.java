package dev.siltstone.segment;

/** From how many rows on a graph is worth building. */
public final class GraphPolicy {
  /** A scan of so many rows takes about as long as a walk with the default ef of 100. */
  public static final int LINKED_FROM_ROWS = 5_000;

  private GraphPolicy() {}

  /** Whether so many rows should be linked rather than scanned. */
  public static boolean links(long rows) {
    return rows >= LINKED_FROM_ROWS;
  }
}
