package dev.siltstone.simulated;

import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.simulation.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Processes that live, crash and start again on the disk that their earlier life has left. */
final class Processes implements AutoCloseable {
  private static final int MAX_LIVES = 4;
  private static final int LARGEST_SKEW_MINUTES = 60;

  private final Simulation simulation;
  private final SimulatedWire wire;
  private final Random random;
  private final Path folder;
  private final Planting bug;
  private final Services services;
  private final ReferenceModel model;
  private final FaultCounts counts;
  private final WornDisks disks;
  private final Duration longestRest;
  private final List<Machine> machines = new ArrayList<>();

  /** Plants a bug between a process and its services. */
  interface Planting {
    Services in(Services services, Path folder);
  }

  /** One life of a process. */
  record Life(String name, Machine machine, Writing writing, UnsteadyDownloads downloads) {}

  Processes(
      Simulation simulation,
      SimulatedWire wire,
      Random random,
      Path folder,
      Planting bug,
      Services services,
      ReferenceModel model,
      FaultCounts counts,
      WornDisks disks) {
    this.simulation = simulation;
    this.wire = wire;
    this.random = random;
    this.folder = folder;
    this.bug = bug;
    this.services = services;
    this.model = model;
    this.counts = counts;
    this.disks = disks;
    this.longestRest = Duration.ofMillis(1 + random.nextInt(20_000));
  }

  /**
   * Adds a process.
   *
   * @param steps how many it takes, in all its lives together
   * @param work what one step is, in one life
   */
  void add(String name, int steps, Duration grace, Function<Life, Runnable> work) {
    new Lives(name, steps, grace, work).start();
  }

  /** A life that ends when everything does. */
  Life lifeOf(String name, Duration grace) {
    long seed = random.nextLong();
    Random faults = new Random(~seed);
    UnsteadyDownloads downloads =
        new UnsteadyDownloads(services.store(), simulation, wire, faults, counts);
    Writing writing = new Writing(downloads, model);
    Duration skew =
        Duration.ofMinutes(random.nextInt(-LARGEST_SKEW_MINUTES, LARGEST_SKEW_MINUTES + 1));
    Path home = folder.resolve(name);
    Machine machine =
        new Machine(
            bug.in(services.with(writing), home),
            new SkewedClock(simulation.clock(), skew),
            seed,
            home,
            grace);
    machines.add(machine);
    return new Life(name, machine, writing, downloads);
  }

  /**
   * Frees what the processes hold. Only when all have ended: one that was cut short may stand
   * within a lock.
   */
  @Override
  public void close() {
    machines.forEach(Machine::close);
  }

  /** One process through all its lives. */
  private final class Lives {
    private final String name;
    private final Duration grace;
    private final Function<Life, Runnable> work;
    private int steps;
    private int lives;

    private Lives(String name, int steps, Duration grace, Function<Life, Runnable> work) {
      this.name = name;
      this.steps = steps;
      this.grace = grace;
      this.work = work;
    }

    private void start() {
      simulation.add(name, this::live);
    }

    private void live() {
      Life life = lifeOf(name, grace);
      lives++;
      try {
        Runnable step = work.apply(life);
        while (steps > 0) {
          steps--;
          take(step, life);
          rest(life.machine().random);
        }
      } catch (RuntimeException | Error e) {
        if (simulation.hasCrashed() && lives < MAX_LIVES) {
          start();
        }
        throw e;
      }
    }

    private void take(Runnable step, Life life) {
      disks.before(life.machine());
      int damaged = life.downloads().damaged();
      try {
        step.run();
      } catch (SiltstoneException e) {
        simulation.note(() -> "gives up: " + e.getMessage());
        if (!World.isBearable(e, life.downloads().damaged() > damaged, counts.newerFormats())) {
          throw e;
        }
      }
    }

    private void rest(Random random) {
      simulation.clock().sleep(Duration.ofMillis(random.nextLong(longestRest.toMillis())));
    }
  }
}
