package dev.siltstone.record;

import org.jspecify.annotations.Nullable;

/** A record as it is after all operations so far. */
public record StoredRecord(
    RecordId id,
    OrderKey order,
    Embedding embedding,
    @Nullable String document,
    @Nullable String uri,
    Metadata metadata) {}
