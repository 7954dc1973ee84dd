package dev.siltstone.local.node;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergeCosts;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.io.IOException;
import java.time.Duration;

/** The compactor on this process's machinery, with deadlines that pass when the node stops. */
final class NodeCompactor {
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  /** Taken low; only a deadline makes them matter. */
  private static final MergeCosts COSTS = new MergeCosts(10_000, 1_500);

  private final Compactor compactor;
  private final StoppableClock clock;

  private NodeCompactor(Compactor compactor, StoppableClock clock) {
    this.compactor = compactor;
    this.clock = clock;
  }

  static NodeCompactor on(EmbeddedStorage storage, Machinery machinery, Clock clock)
      throws IOException {
    CompactionSteps steps =
        new CompactionSteps(
            storage.log(),
            machinery.reader(),
            machinery.batches(),
            machinery.snapshots(),
            machinery.cache(),
            new SegmentUpload(storage.objects(), machinery.segments(), machinery.workers()),
            new MergePlanner(COSTS),
            new MergeWorkers(machinery.mergers(), Runtime.getRuntime().availableProcessors()),
            machinery.ids(),
            clock,
            machinery.scratchFolder());
    Compactor compactor =
        new Compactor(
            storage.catalog(),
            storage.leases(),
            storage.notices(),
            steps,
            CompactionSettings.DEFAULT,
            clock,
            "process " + ProcessHandle.current().pid());
    return new NodeCompactor(compactor, new StoppableClock(clock));
  }

  CompactionReport run(CollectionId collection) {
    return compactor.run(collection, deadline());
  }

  Compactor compactor() {
    return compactor;
  }

  /** Passes when a run has lasted long enough, or the node stops. */
  Deadline deadline() {
    return Deadline.in(clock, LONGEST_RUN);
  }

  /** Lets the run under way end after its current step. */
  void stop() {
    clock.stop();
  }
}
