package dev.siltstone.tail;

import dev.siltstone.cache.RowAddress;

/** Where a record of a view stands. */
public sealed interface RecordPlace {
  /** Among the fresh writes. */
  record InTail(TailRow row) implements RecordPlace {}

  /** In a segment of the base. */
  record InSnapshot(RowAddress address) implements RecordPlace {}
}
