package dev.siltstone.local.backup;

import dev.siltstone.collection.Collection;
import dev.siltstone.identity.Sequence;
import dev.siltstone.operations.Verification;

/**
 * A collection that is in the copy now.
 *
 * @param collection as it is in the copy
 * @param last the last place of the log that is in the copy
 * @param tail places of it that no snapshot holds
 * @param carried its objects
 * @param verification of the snapshot in the copy, read back
 */
public record CopiedCollection(
    Collection collection, Sequence last, long tail, Carried carried, Verification verification) {}
