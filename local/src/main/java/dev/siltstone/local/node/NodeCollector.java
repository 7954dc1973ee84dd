package dev.siltstone.local.node;

import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.CollectorSettings;
import dev.siltstone.gc.DroppedCollections;
import dev.siltstone.gc.GarbageCollector;
import dev.siltstone.gc.GarbageSweep;
import dev.siltstone.gc.GcReport;
import dev.siltstone.gc.GcSteps;
import dev.siltstone.gc.PointerFence;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The garbage collector on this process's machinery; its deadlines pass when the node stops. */
final class NodeCollector {
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  private final GarbageCollector collector;
  private final GarbageSweep sweep;
  private final StoppableClock clock;

  private NodeCollector(GarbageCollector collector, GarbageSweep sweep, StoppableClock clock) {
    this.collector = collector;
    this.sweep = sweep;
    this.clock = clock;
  }

  static NodeCollector on(
      EmbeddedStorage storage, Machinery machinery, Keeping keeping, Clock clock) {
    PointerFence fence =
        new PointerFence(
            machinery.snapshots(), storage.log(), keeping.retention(), machinery.ids(), clock);
    GcSteps steps =
        new GcSteps(
            storage.objects(),
            storage.log(),
            machinery.reader(),
            machinery.snapshots(),
            fence,
            machinery.workers(),
            clock);
    GarbageCollector collector =
        new GarbageCollector(
            storage.catalog(),
            storage.leases(),
            storage.notices(),
            steps,
            CollectorSettings.DEFAULT.withReaderGrace(keeping.readerGrace()),
            "process " + ProcessHandle.current().pid());
    DroppedCollections dropped =
        new DroppedCollections(
            storage.catalog(),
            storage.objects(),
            storage.log(),
            storage.leases(),
            machinery.workers());
    return new NodeCollector(
        collector,
        new GarbageSweep(storage.catalog(), collector, dropped),
        new StoppableClock(clock));
  }

  GarbageCollector collector() {
    return collector;
  }

  GarbageSweep sweep() {
    return sweep;
  }

  DroppedCollections.Swept sweep(CollectionMode mode, BiConsumer<CollectionId, GcReport> told) {
    return sweep.run(mode, Deadline.in(clock, LONGEST_RUN), told);
  }

  /** Lets the run under way end after its current step. */
  void stop() {
    clock.stop();
  }
}
