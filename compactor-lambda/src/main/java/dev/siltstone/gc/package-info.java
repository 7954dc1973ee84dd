/**
 * What nobody needs any more goes. {@link dev.siltstone.gc.RetentionPolicy} says which older
 * snapshots stay readable; every publish applies it and writes down when a snapshot left. {@link
 * dev.siltstone.gc.GarbageCollector} deletes, under the lock of one collection and behind a {@link
 * dev.siltstone.gc.Fence}, what no kept manifest names: files of retired snapshots after a grace
 * for readers, files of crashed runs, folded deltas and their log entries, deltas that never got a
 * place. {@link dev.siltstone.gc.DroppedCollections} sweeps collections that are gone. Nothing else
 * ever deletes an object.
 */
@NullMarked
package dev.siltstone.gc;

import org.jspecify.annotations.NullMarked;
