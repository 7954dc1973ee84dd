package dev.siltstone.snapshot;

import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;

/**
 * A promise that a snapshot stays retained, made before a rollback to it is placed in the log. It
 * holds until everything up to {@code through} is folded, or the rollback is: a rollback may only
 * be placed at or below {@code through}, so that whoever folds beyond knows that none can come.
 */
public record Pin(Generation generation, Sequence through) {}
