package dev.siltstone.segment.rows;

import dev.siltstone.record.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows and keeps the last block, so that neighbours cost one read and one unpacking per field
 * that is asked for: go through rows in ascending order. Belongs to one thread.
 */
public final class RowCursor {
  private final RowBlocks blocks;
  private @Nullable RowBlock current;

  RowCursor(RowBlocks blocks) {
    this.blocks = blocks;
  }

  /** The row's text, or null if it has none. */
  public @Nullable String document(int row) {
    return block(row).document(row);
  }

  /** The row's uri, or null if it has none. */
  public @Nullable String uri(int row) {
    return block(row).uri(row);
  }

  public Metadata metadata(int row) {
    return block(row).metadata(row);
  }

  private RowBlock block(int row) {
    RowBlock known = current;
    if (known == null || !known.holds(row)) {
      known = blocks.block(row);
      current = known;
    }
    return known;
  }
}
