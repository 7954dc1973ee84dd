package dev.siltstone.log;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The hot item of a collection's log.
 *
 * @param lastReserved every place up to this one has been handed out (ZERO: none); stored as {@code
 *     next_sequence} = lastReserved + 1
 * @param dimension values per vector, 0 while no write has carried one
 * @param embeddingFunction the function that made vectors from documents here, or null
 * @param orphanHorizon deltas with an id at or below it can no longer be placed, or null
 * @param foldedHint a lower bound of what has been folded, for back-pressure only
 * @param settingsVersion the version of the collection's settings in the catalog
 */
public record Head(
    Sequence lastReserved,
    int dimension,
    @Nullable String embeddingFunction,
    @Nullable DeltaId orphanHorizon,
    Sequence foldedHint,
    long settingsVersion) {}
