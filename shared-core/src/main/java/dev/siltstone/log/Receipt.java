package dev.siltstone.log;

import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * An acknowledged write.
 *
 * @param sequence its place, which is the freshness token
 * @param delta key of its delta; null if there was nothing to write
 * @param count operations in it
 */
public record Receipt(Sequence sequence, @Nullable ObjectKey delta, int count) {}
