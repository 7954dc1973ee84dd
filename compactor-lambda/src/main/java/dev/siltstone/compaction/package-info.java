/**
 * From the log to a snapshot. {@link dev.siltstone.compaction.Compactor} holds the lock of one
 * collection while {@link dev.siltstone.compaction.CompactionRun} takes its steps: read the log
 * after the published snapshot, fetch its deltas, fold them ({@link
 * dev.siltstone.compaction.FoldedBatch}, with the readers' {@link dev.siltstone.record.Fold}) over
 * the few records of the snapshot that they touch ({@link dev.siltstone.cache.SnapshotRecords}),
 * write what they leave as one new segment and as deleted rows of older ones, and publish by {@link
 * dev.siltstone.snapshot.SnapshotStore}. Beside that a {@link
 * dev.siltstone.compaction.RunningMerge} makes one segment of several when {@link
 * dev.siltstone.compaction.MergePlanner} says so, and links large ones into graphs; publishing
 * never waits for it, and what was deleted meanwhile is carried over. A run ends when the log is
 * folded and no merge is due; then all but a sixteenth of a collection that is large enough for a
 * graph is in one. A crash anywhere leaves files that nothing names and a log that the next run
 * reads again.
 */
@NullMarked
package dev.siltstone.compaction;

import org.jspecify.annotations.NullMarked;
