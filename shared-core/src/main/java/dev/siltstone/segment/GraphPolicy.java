package dev.siltstone.segment;

/** From how many rows on a graph is worth building. */
public final class GraphPolicy {
  /**
   * A scan of half as many rows takes as long as a walk with the default ef of 100. Of so many it
   * takes twice as long, some 0.1 ms more, which earns back what linking them costs after some
   * thousand queries; and rows that wait to be linked are merged half as often (measured:
   * docs/benchmarks.md, "From how many rows on").
   */
  public static final int LINKED_FROM_ROWS = 5_000;

  private GraphPolicy() {}

  /** Whether so many rows should be linked rather than scanned. */
  public static boolean links(long rows) {
    return rows >= LINKED_FROM_ROWS;
  }
}
