package dev.siltstone.cache;

import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.ids.IdEntry;

/** Where a snapshot has a record, and what its segment's id index knows about it. */
public record FoundRow(SegmentId segment, IdEntry entry) {}
