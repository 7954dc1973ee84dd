package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.log.memory.MemoryDeltaLog;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.simulation.Wire;
import dev.siltstone.storage.memory.MemoryObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Services in memory where nothing goes wrong, and machines on them; one thing after another. */
final class Bench {
  final Clock clock = new Simulation(new Random(0)).clock();
  final MemoryNoticeQueue notices;
  final Services services;
  private final Path folder;

  Bench(Path folder, int maxReceiveCount) {
    this.folder = folder;
    this.notices = new MemoryNoticeQueue(Wire.PERFECT, clock, maxReceiveCount);
    MemoryDeltaLog log = new MemoryDeltaLog(Wire.PERFECT);
    log.create(COLLECTION.id());
    this.services =
        new Services(
            new MemoryObjectStore(Wire.PERFECT, clock),
            log,
            new SimulatedCatalog(Wire.PERFECT),
            new MemoryLeaseStore(Wire.PERFECT),
            notices);
  }

  Machine machine(String name, long seed) {
    return new Machine(services, clock, seed, folder.resolve(name), Duration.ZERO);
  }

  /** A producer whose writes are always the same. */
  Producer producer(long seed) {
    Violations violations = new Violations();
    ReferenceModel model = new ReferenceModel(violations);
    Writing writing = new Writing(services.store(), model);
    return new Producer(machine("producer", seed), new History(violations, model), writing);
  }
}
