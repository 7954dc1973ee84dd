package dev.siltstone.log;

import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;

/** How a reservation ended. Only {@link Reserved} changed anything. */
public sealed interface ReserveResult {
  /** The place is the caller's to fill, until somebody who needs the log voids it. */
  record Reserved(Sequence place, Head head) implements ReserveResult {}

  /** The collection does not exist (any more). */
  record CollectionGone() implements ReserveResult {}

  /** The collection's vectors have another dimension, or were made by another function. */
  record ShapeDiffers(VectorShape expected) implements ReserveResult {}

  /** The delta's id is not above the horizon: put it again under a fresh id. */
  record BelowHorizon(DeltaId horizon) implements ReserveResult {}
}
