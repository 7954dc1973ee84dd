/**
 * Fresh writes. A {@link dev.siltstone.tail.Tail} folds the log after a snapshot in memory, with
 * the same {@link dev.siltstone.record.Fold} for compactor and reader; a {@link
 * dev.siltstone.tail.TailView} is one moment of it, which never changes.
 */
@NullMarked
package dev.siltstone.tail;

import org.jspecify.annotations.NullMarked;
