package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.SplitRows;

/**
 * Where each section of a {@code graph.hnsw} lies; the format is described at the package. Bytes
 * and offsets are counted from the beginning of the file.
 *
 * @param space how vectors are compared
 * @param dimension values per vector
 * @param rows number of vectors
 * @param maxNeighbors the paper's M, 0 for a file without links
 * @param upperLists number of link lists above level 0
 */
public record GraphLayout(Space space, int dimension, int rows, int maxNeighbors, int upperLists) {
  /** So many bytes at the beginning of the file tell the layout. */
  public static final int HEADER_BYTES = 4096;

  static final int FOOTER_BYTES = 64;
  private static final int ALIGNMENT = 64;

  /** Where the rows' links and their vectors lie. */
  public SplitRows places() {
    return new SplitRows(HEADER_BYTES, linkBytes(), dimension, rows);
  }

  /** Bytes of a row's links on level 0, which precede the codes of its vector. */
  long linkBytes() {
    return aligned(2L * maxNeighbors * Integer.BYTES);
  }

  /** Where the rows' exponents lie, a byte each. */
  public long exponentsOffset() {
    return places().end();
  }

  long inverseNormsOffset() {
    return aligned(exponentsOffset() + rows);
  }

  long levelsOffset() {
    return aligned(inverseNormsOffset() + (space == Space.COSINE ? 4L * rows : 0));
  }

  long upperIndexOffset() {
    return aligned(levelsOffset() + (hasLinks() ? rows : 0));
  }

  long upperListsOffset() {
    return aligned(upperIndexOffset() + (hasLinks() ? 4L * rows : 0));
  }

  long footerOffset() {
    return aligned(upperListsOffset() + 4L * maxNeighbors * upperLists);
  }

  /** Length of the whole file. */
  public long fileLength() {
    return footerOffset() + FOOTER_BYTES;
  }

  public boolean hasLinks() {
    return maxNeighbors > 0;
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
