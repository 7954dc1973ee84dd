package dev.siltstone.ingest;

import dev.siltstone.identity.OperationId;

/** A write that may arrive more than once, and the id by which that is noticed. */
public record QueuedWrite(OperationId id, WriteBatch batch) {}
