package dev.siltstone.compaction;

import dev.siltstone.identity.SegmentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which segments become one, and how its graph is made.
 *
 * @param segments smallest first
 * @param graph whether the new segment's vectors are linked
 * @param reused the segment whose graph the new one begins with, or null to build it afresh
 * @param copiedRows live rows of all of them
 * @param linkedRows rows to insert into the graph
 */
record MergePlan(
    List<SegmentId> segments,
    boolean graph,
    @Nullable SegmentId reused,
    long copiedRows,
    long linkedRows) {
  MergePlan {
    segments = List.copyOf(segments);
  }
}
