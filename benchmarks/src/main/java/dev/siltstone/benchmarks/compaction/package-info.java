/**
 * What compaction costs: {@link dev.siltstone.benchmarks.compaction.FoldCost} one fold by the size
 * of the snapshot, {@link dev.siltstone.benchmarks.compaction.MergeCycle} many folds and the merges
 * between them, {@link dev.siltstone.benchmarks.compaction.MergeMemory} the memory of a large
 * merge, {@link dev.siltstone.benchmarks.compaction.SingleUpdates} ten thousand small writes. All
 * over the embedded family, whose objects can be made to look remote ({@link
 * dev.siltstone.benchmarks.compaction.CountedStore}). Each prints Markdown.
 */
@NullMarked
package dev.siltstone.benchmarks.compaction;

import org.jspecify.annotations.NullMarked;
