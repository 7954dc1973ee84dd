package dev.siltstone.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short share of the simulation; {@link Simulate} runs as much as one likes. */
class SystemSimulationTest {
  private static final int SEEDS = 40;

  @Test
  void losesNothingAndShowsOneOrderWhateverIsLateLostOrDead() {
    FaultCounts counts = new FaultCounts();
    long acknowledged = 0;
    long reads = 0;
    long publishes = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      World.Tale tale = run(seed);
      counts.addAll(tale.counts());
      acknowledged += tale.acknowledged();
      reads += tale.reads();
      publishes += tale.publishes();
    }
    assertThat(acknowledged).isGreaterThan(5 * SEEDS);
    assertThat(reads).isGreaterThan(2 * SEEDS);
    assertThat(publishes).isGreaterThan(2 * SEEDS);
    assertThat(counts.asMap())
        .containsKeys("call lost", "call late", "call crashed after", "poison delta")
        .containsKeys("queued write", "queued write delivered again");
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 65, 4077, 9760, 7083, 12217, 25558})
  void runsSeedsThatOnceFoundADefect(long seed) {
    run(seed);
  }

  @Test
  void replaysASeedStepByStep() {
    Schedule schedule = new Schedule(3, PlantedBug.NONE);
    assertThat(schedule.trace()).isEqualTo(schedule.trace()).contains("putIfMatch");
  }

  private static World.Tale run(long seed) {
    try {
      return new Schedule(seed, PlantedBug.NONE).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " failed", e);
    }
  }
}
