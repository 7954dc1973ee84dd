package dev.siltstone.snapshot;

import dev.siltstone.segment.SegmentDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a snapshot.
 *
 * @param deleted rows that the snapshot does not show; null if it shows all
 */
public record SegmentEntry(SegmentDescriptor segment, @Nullable DeletedRowsEntry deleted) {
  /** Where the rows that the snapshot does not show are stored; empty if it shows all. */
  public Optional<DeletedRowsEntry> deletedRows() {
    return Optional.ofNullable(deleted);
  }

  /** Rows that the snapshot shows. */
  public int liveRows() {
    return segment.rows() - (deleted == null ? 0 : deleted.count());
  }
}
