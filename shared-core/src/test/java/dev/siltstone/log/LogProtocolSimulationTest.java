package dev.siltstone.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * No acknowledged write is lost or applied twice, whatever is late, lost or dead: seeded
 * interleavings of everybody who uses a log, and the same with one rule left out.
 */
class LogProtocolSimulationTest {
  private static final int SEEDS = 200;
  private static final int SEEDS_TO_FIND_A_FLAW = 2_000;

  @Test
  void explainsEveryAnswerByOneOrderOfWrites() {
    int acked = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      acked += run(seed, UnaryOperator.identity());
    }
    assertThat(acked).isGreaterThan(5 * SEEDS);
  }

  @Test
  void noticesWhenARuleIsLeftOut() {
    Map<String, UnaryOperator<DeltaLog>> flaws =
        Map.of(
            "voids behind the tip", FlawedLog::voidsBehindTheTip,
            "reads behind holes", FlawedLog::readsBehindHoles,
            "forgets voids", FlawedLog::forgetsVoids,
            "forgets the horizon", FlawedLog::forgetsTheHorizon);
    flaws.forEach(
        (name, flaw) -> assertThat(seedThatFinds(flaw)).as(name).isLessThan(SEEDS_TO_FIND_A_FLAW));
  }

  private static int run(long seed, UnaryOperator<DeltaLog> flaw) {
    LogWorld world = new LogWorld(seed, flaw);
    try {
      return world.run();
    } catch (AssertionError | IllegalStateException e) {
      return fail("seed %d%n%s".formatted(seed, world.trace()), e);
    }
  }

  private static long seedThatFinds(UnaryOperator<DeltaLog> flaw) {
    for (long seed = 0; seed < SEEDS_TO_FIND_A_FLAW; seed++) {
      try {
        new LogWorld(seed, flaw).run();
      } catch (AssertionError | IllegalStateException e) {
        return seed;
      }
    }
    return SEEDS_TO_FIND_A_FLAW;
  }
}
