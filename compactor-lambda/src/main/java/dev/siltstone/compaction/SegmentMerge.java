package dev.siltstone.compaction;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.collection.Collection;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.snapshot.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Carries out a plan: writes and stores the one segment that several become. */
final class SegmentMerge {
  private final CompactionSteps steps;
  private final Collection collection;
  private final Epoch epoch;
  private final MergePlan plan;
  private final Manifest parent;
  private final SegmentId id;

  /**
   * A merge.
   *
   * @param parent the snapshot that the plan was made for
   */
  SegmentMerge(
      CompactionSteps steps, Collection collection, Epoch epoch, MergePlan plan, Manifest parent) {
    this.steps = steps;
    this.collection = collection;
    this.epoch = epoch;
    this.plan = plan;
    this.parent = parent;
    this.id = new SegmentId(steps.ids().next());
  }

  /** Merges; {@code checkpoint} runs often, in several threads, and may throw to give up. */
  MergedSegment run(Runnable checkpoint) {
    try (OpenSnapshot open = steps.cache().openPart(parent, Set.copyOf(plan.segments()));
        SegmentScratch scratch = new SegmentScratch(steps.scratch());
        SegmentWriter writer = writer(scratch, open.segments().getFirst())) {
      List<OpenSegment> sources = open.segments();
      List<int[]> newRows = new SegmentMerger(sources, checkpoint).writeTo(writer);
      reuseGraph(writer, sources, newRows);
      SegmentDescriptor segment = writer.finish(checkpoint);
      checkpoint.run();
      long bytes = steps.upload().upload(collection.id(), segment, scratch.path());
      return new MergedSegment(segment, replaced(sources, newRows), bytes);
    }
  }

  private SegmentWriter writer(SegmentScratch scratch, OpenSegment source) {
    int dimension = source.reader().descriptor().dimension();
    return plan.graph()
        ? new SegmentWriter(scratch.path(), id, epoch, collection.space(), dimension, parameters())
        : new SegmentWriter(scratch.path(), id, epoch, collection.space(), dimension);
  }

  private GraphParameters parameters() {
    return GraphParameters.within(
        collection.hnsw(), steps.merges().threads(), id.value().getLeastSignificantBits());
  }

  /** A graph built with other parameters than the collection has by now is built afresh. */
  private void reuseGraph(SegmentWriter writer, List<OpenSegment> sources, List<int[]> newRows) {
    for (int i = 0; i < sources.size(); i++) {
      GraphFile graph = sources.get(i).reader().graph();
      if (sources.get(i).reader().descriptor().id().equals(plan.reused())
          && graph.maxNeighbors() == parameters().maxNeighbors()) {
        writer.reuseGraph(graph, newRows.get(i));
      }
    }
  }

  private static List<MergedSegment.Source> replaced(
      List<OpenSegment> sources, List<int[]> newRows) {
    List<MergedSegment.Source> replaced = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      replaced.add(
          new MergedSegment.Source(
              sources.get(i).reader().descriptor().id(), sources.get(i).deleted(), newRows.get(i)));
    }
    return replaced;
  }
}
