package dev.siltstone.segment;

import dev.siltstone.storage.Checksum;

/**
 * A file of a segment, as it must be found.
 *
 * @param name such as {@code ids.idx}, the last part of its key
 * @param bytes its length
 */
public record SegmentFile(String name, long bytes, Checksum checksum) {
  public static final String GRAPH = "graph.hnsw";
  public static final String IDS = "ids.idx";
  public static final String ROWS = "rows.blk";
  public static final String FILTERS = "filters.idx";

  /** Only in segments with more text than is scanned. */
  public static final String TEXT = "text.idx";

  public SegmentFile {
    if (name.isEmpty() || bytes < 1) {
      throw new IllegalArgumentException("file \"%s\" of %d bytes".formatted(name, bytes));
    }
  }
}
