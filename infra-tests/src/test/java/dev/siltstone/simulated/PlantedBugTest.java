package dev.siltstone.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation proves itself: it finds what would be wrong without one of the rules. */
class PlantedBugTest {
  private static final int SEEDS = 5_000;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsEveryPlantedBug(PlantedBug bug) {
    assertThat(
            LongStream.range(0, SEEDS)
                .filter(seed -> new Schedule(seed, bug).failure().isPresent())
                .findFirst())
        .as("seed that finds %s", bug)
        .isPresent();
  }
}
