package dev.siltstone.snapshot;

import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;

/** Where the rows of a segment that a snapshot does not show are stored, and how many they are. */
public record DeletedRowsEntry(ObjectKey key, int count, long bytes, Checksum checksum) {}
