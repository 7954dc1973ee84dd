package dev.siltstone.cache;

import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentReader;

/** A segment of an open snapshot and the rows of it that this snapshot does not show. */
public record OpenSegment(SegmentReader reader, DeletedRows deleted) {
  /** Rows that this snapshot shows. */
  public int liveRows() {
    return reader.rows() - deleted.count();
  }
}
