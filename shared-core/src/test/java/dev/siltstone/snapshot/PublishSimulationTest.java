package dev.siltstone.snapshot;

import static dev.siltstone.snapshot.Versions.COLLECTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CommitId;
import dev.siltstone.simulation.Faults;
import dev.siltstone.simulation.FaultyWire;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.simulation.Wire;
import dev.siltstone.snapshot.PublishResult.Fenced;
import dev.siltstone.snapshot.PublishResult.Lost;
import dev.siltstone.snapshot.PublishResult.StillUnknown;
import dev.siltstone.snapshot.PublishResult.Won;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Several runs publish at once while requests get lost, come late, and runs crash and pause. */
class PublishSimulationTest {
  private static final int SEEDS = 300;
  private static final int RUNS = 5;
  private static final int PUBLISHES = 4;
  private static final Faults FAULTS =
      new Faults(0.04, 0.01, 0.05, 0.06, 0.01, 0.03, Duration.ofSeconds(10));

  @Test
  void everyWinnerStaysAndNoLoserEverAppears() {
    int won = 0;
    int notWon = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World world = new World(seed);
      world.run();
      world.check();
      won += world.won.size();
      notWon += world.lost.size();
    }
    assertThat(won).isGreaterThan(2 * SEEDS);
    assertThat(notWon).isGreaterThan(SEEDS);
  }

  /** One seed's actors and what they were told. */
  private static final class World {
    private final long seed;
    private final Simulation simulation;
    private final ObjectStore store;
    private final SnapshotStore snapshots;
    private final List<CommitId> won = new ArrayList<>();
    private final List<CommitId> lost = new ArrayList<>();
    private boolean over;
    private long commits;

    World(long seed) {
      this.seed = seed;
      simulation = new Simulation(new Random(seed));
      FaultyWire faulty = new FaultyWire(simulation, new Random(~seed), FAULTS);
      Wire wire =
          new Wire() {
            @Override
            public <T> T call(Call call, Supplier<T> effect) {
              return over ? effect.get() : faulty.call(call, effect);
            }
          };
      store = new MemoryObjectStore(wire, simulation.clock());
      snapshots = new SnapshotStore(store, simulation.clock());
    }

    void run() {
      for (int run = 1; run <= RUNS; run++) {
        long epoch = run;
        simulation.add("run " + run, () -> publishes(epoch));
      }
      simulation.run();
      over = true;
    }

    private void publishes(long epoch) {
      for (int i = 0; i < PUBLISHES; i++) {
        try {
          publish(epoch);
        } catch (UnavailableException e) {
          simulation.note("gives up: " + e.getMessage());
        }
      }
    }

    private void publish(long epoch) {
      Optional<Published> parent = snapshots.current(COLLECTION);
      long number = ++commits;
      Manifest next =
          parent
              .map(published -> Versions.after(published.manifest(), number, epoch))
              .orElseGet(() -> Versions.first(number, epoch));
      switch (snapshots.publish(next, parent.orElse(null))) {
        case Won _ -> won.add(next.commit());
        case Lost _, Fenced _ -> lost.add(next.commit());
        case StillUnknown _ -> simulation.note("still unknown: " + next.commit());
      }
    }

    void check() {
      String context = "seed %d%n%s".formatted(seed, simulation.trace());
      Optional<Published> last = snapshots.current(COLLECTION);
      for (CommitId commit : won) {
        assertThat(last.orElseThrow().manifest().contains(commit)).as(context).isTrue();
      }
      for (CommitId commit : lost) {
        assertThat(last.orElseThrow().manifest().contains(commit)).as(context).isFalse();
      }
      last.ifPresent(published ->
          published
              .manifest()
              .retained()
              .forEach(kept -> assertThat(store.get(kept.manifest())).as(context).isPresent()));
    }
  }
}
