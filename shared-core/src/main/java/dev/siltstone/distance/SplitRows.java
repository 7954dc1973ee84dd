package dev.siltstone.distance;

/**
 * Where vectors lie that are stored as {@link SplitFloats}: in blocks of {@link #BLOCK} rows, of
 * each block first the nodes (a row's links, if there are any, and its codes), then what is left of
 * the vectors. So whoever reads codes alone reads few bytes that lie together, and the two parts of
 * a row are still near enough for one request. All offsets are in bytes.
 */
public final class SplitRows {
  private static final int BLOCK_BITS = 3;

  /** Rows of a block. */
  public static final int BLOCK = 1 << BLOCK_BITS;

  private final long first;
  private final long linkBytes;
  private final int dimension;
  private final int rows;
  private final long nodeBytes;
  private final long restBytes;
  private final long blockBytes;

  /**
   * @param first offset of the first block
   * @param linkBytes what precedes the codes in each node
   * @param dimension values of a vector
   * @param rows number of vectors; the last block is as long as its rows need
   */
  public SplitRows(long first, long linkBytes, int dimension, int rows) {
    this.first = first;
    this.linkBytes = linkBytes;
    this.dimension = dimension;
    this.rows = rows;
    this.nodeBytes = linkBytes + SplitFloats.codeBytes(dimension);
    this.restBytes = SplitFloats.restBytes(dimension);
    this.blockBytes = BLOCK * (nodeBytes + restBytes);
  }

  /** Number of vectors. */
  public int rows() {
    return rows;
  }

  /** Values of each. */
  public int dimension() {
    return dimension;
  }

  /** Bytes of a full block. */
  public long blockBytes() {
    return blockBytes;
  }

  /** Offset of a row's links. */
  public long node(int row) {
    return block(row) + place(row) * nodeBytes;
  }

  /** Offset of a row's codes. */
  public long codes(int row) {
    return node(row) + linkBytes;
  }

  /** Offset of the rest of a row. */
  public long rest(int row) {
    int nodes = Math.min(BLOCK, rows - row + place(row));
    return block(row) + nodes * nodeBytes + place(row) * restBytes;
  }

  /** Offset of what follows the last row. */
  public long end() {
    return first + rows * (nodeBytes + restBytes);
  }

  private long block(int row) {
    return first + (row >>> BLOCK_BITS) * blockBytes;
  }

  private static int place(int row) {
    return row & BLOCK - 1;
  }
}
