package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionSettings;
import dev.siltstone.compaction.CompactionSteps;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.compaction.MergeCosts;
import dev.siltstone.compaction.MergePlanner;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.compaction.SegmentUpload;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.List;

/** Compacts when a notice says so or a sweep finds work, with the real compactor. */
final class Folder {
  private static final CompactionSettings SETTINGS =
      new CompactionSettings(
          Duration.ofSeconds(30), 4, 1 << 20, 1, new RetentionPolicy(2, Duration.ZERO));
  private static final Duration INVISIBLE = Duration.ofSeconds(20);

  private final Machine machine;
  private final Compactor compactor;

  Folder(Machine machine, String name) {
    this.machine = machine;
    CompactionSteps steps =
        new CompactionSteps(
            machine.services.log(),
            machine.reader,
            machine.batches,
            machine.snapshots,
            machine.cache,
            new SegmentUpload(machine.services.store(), machine.segments, CallersThread.INSTANCE),
            new MergePlanner(new MergeCosts(1_000, 1_000)),
            MergeWorkers.inline(),
            machine.ids,
            machine.clock,
            machine.folder.resolve("scratch"));
    this.compactor =
        new Compactor(
            machine.services.catalog(),
            machine.services.leases(),
            machine.services.notices(),
            steps,
            SETTINGS,
            machine.clock,
            name);
  }

  /** Follows a notice, or looks for work that nobody has announced. */
  void work() {
    List<ReceivedNotice> received = machine.services.notices().receive(1, INVISIBLE);
    if (!received.isEmpty()) {
      run();
      machine.services.notices().acknowledge(received.getFirst());
    } else if (machine.random.nextBoolean()
        && !machine.services.log().backlogAfter(null, 1).isEmpty()) {
      run();
    }
  }

  Compactor compactor() {
    return compactor;
  }

  /** One run. */
  CompactionReport run() {
    Duration time = Duration.ofSeconds(10 + machine.random.nextInt(110));
    return compactor.run(COLLECTION.id(), Deadline.in(machine.clock, time));
  }
}
