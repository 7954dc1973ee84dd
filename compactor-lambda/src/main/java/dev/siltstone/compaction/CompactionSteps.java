package dev.siltstone.compaction;

import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.nio.file.Path;

/**
 * What the steps of a run work with.
 *
 * @param scratch where segments are written before they are stored; on the store's own file system
 *     where it has one
 */
public record CompactionSteps(
    DeltaLog log,
    LogReader reader,
    DeltaBatches batches,
    SnapshotStore snapshots,
    SnapshotCache cache,
    SegmentUpload upload,
    MergePlanner planner,
    MergeWorkers merges,
    TimeOrderedIds ids,
    Clock clock,
    Path scratch) {}
