package dev.siltstone.hnsw;

/**
 * Where walks begin.
 *
 * @param row a row of the highest level, {@link Links#NONE} in an empty graph
 * @param level that level
 */
record GraphEntry(int row, int level) {
  static final GraphEntry EMPTY = new GraphEntry(Links.NONE, 0);

  boolean isEmpty() {
    return row == Links.NONE;
  }
}
