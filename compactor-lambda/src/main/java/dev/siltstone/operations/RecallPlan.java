package dev.siltstone.operations;

import dev.siltstone.collection.HnswParameters;

/**
 * How recall is measured.
 *
 * @param peer what is built of a sample of the records
 * @param parameters the collection's, for the peer's index and for all searches
 * @param seed decides the sample and the queries
 */
public record RecallPlan(PeerIndex peer, HnswParameters parameters, long seed) {}
