package dev.siltstone.snapshot;

import dev.siltstone.storage.ETag;

/** A pointer as it was read. */
record FoundPointer(Pointer pointer, ETag etag) {}
