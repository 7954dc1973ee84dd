/**
 * Copies collections from one store to another, of either family: a backup is a copy into a new
 * folder, which is a local store like any other; a restore is a copy out of such a folder; a move
 * is one after the other.
 *
 * <p>{@link dev.siltstone.local.backup.CollectionReading} reads a collection at one moment, beside
 * whoever uses it and without taking its lock: the newest snapshot first, then the head of the log,
 * then every place up to it ({@link dev.siltstone.local.backup.CollectionMoment}). {@link
 * dev.siltstone.local.backup.CopyPlan} says what that becomes elsewhere; {@link
 * dev.siltstone.local.backup.ObjectCopies} carries the objects; {@link
 * dev.siltstone.local.backup.CollectionCopy} puts everything down in an order in which nobody sees
 * any of it before all of it is there. {@link dev.siltstone.local.backup.StoreCopy} does this for
 * the collections that a person names, and {@link dev.siltstone.local.backup.BackupFolder} gives a
 * backup its name when it is complete.
 */
@NullMarked
package dev.siltstone.local.backup;

import org.jspecify.annotations.NullMarked;
