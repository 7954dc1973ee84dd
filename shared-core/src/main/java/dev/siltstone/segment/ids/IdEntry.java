package dev.siltstone.segment.ids;

import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;

/** What the index knows about a record. */
public record IdEntry(RecordId id, int row, OrderKey order, RecordChecksum checksum) {}
