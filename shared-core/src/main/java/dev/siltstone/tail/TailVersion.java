package dev.siltstone.tail;

import dev.siltstone.identity.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * What a record is from a sequence on.
 *
 * @param row null if it is deleted
 * @param older what the tail had before, or null if this is its first version
 */
record TailVersion(Sequence from, @Nullable TailRow row, @Nullable TailVersion older) {}
