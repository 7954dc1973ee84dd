package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.CollectorSettings;
import dev.siltstone.gc.Fence;
import dev.siltstone.gc.GarbageCollector;
import dev.siltstone.gc.GcSteps;
import dev.siltstone.gc.PointerFence;
import dev.siltstone.gc.RetentionPolicy;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Collects garbage with the real collector, with hardly any grace: safety depends on none. */
final class Collector {
  private static final CollectorSettings SETTINGS =
      new CollectorSettings(
          Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1_000);

  private final Machine machine;
  private final GarbageCollector collector;

  Collector(Machine machine, String name, PlantedBug bug) {
    this.machine = machine;
    RetentionPolicy retention = new RetentionPolicy(2, Duration.ZERO);
    PointerFence pointer =
        new PointerFence(
            machine.snapshots, machine.services.log(), retention, machine.ids, machine.clock);
    Fence fence =
        switch (bug) {
          case COLLECTOR_WITHOUT_FENCE -> (current, _, _) -> Optional.of(current);
          case COLLECTOR_WITHOUT_EPOCH ->
              (current, _, gone) -> pointer.take(current, current.manifest().epoch(), gone);
          case FILE_KEYS_WITHOUT_EPOCH ->
              (current, epoch, gone) -> pointer.take(current, HighEpochs.real(epoch), gone);
          default -> pointer;
        };
    LeaseStore leases =
        bug == PlantedBug.FILE_KEYS_WITHOUT_EPOCH
            ? new HighEpochs(machine.services.leases())
            : machine.services.leases();
    GcSteps steps =
        new GcSteps(
            machine.services.store(),
            machine.services.log(),
            machine.reader,
            machine.snapshots,
            fence,
            CallersThread.INSTANCE,
            machine.clock);
    this.collector =
        new GarbageCollector(
            machine.services.catalog(), leases, machine.services.notices(), steps, SETTINGS, name);
  }

  /** One run. */
  void work() {
    Duration time = Duration.ofSeconds(10 + machine.random.nextInt(110));
    collector.collect(COLLECTION.id(), CollectionMode.COLLECT, Deadline.in(machine.clock, time));
  }
}
