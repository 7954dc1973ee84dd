package dev.siltstone.delta;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.storage.Checksum;

/**
 * A delta as it is stored: complete, decoded once by its maker, and never changed.
 *
 * @param bytes the whole file
 * @param checksum of {@code bytes}
 * @param count operations in it
 */
public record EncodedDelta(DeltaId id, byte[] bytes, Checksum checksum, int count) {}
