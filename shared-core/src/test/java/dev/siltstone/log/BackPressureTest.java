package dev.siltstone.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.BackPressureException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BackPressureTest {
  private static final CollectionId ONE = new CollectionId(new UUID(0, 1));
  private static final CollectionId OTHER = new CollectionId(new UUID(0, 2));

  private final Clock clock = new Simulation(new Random(0)).clock();
  private final BackPressure pressure = new BackPressure(new BacklogLimits(10, 20), clock);

  @Test
  void letsWritesPassWhileLittleIsUnfolded() {
    pressure.saw(ONE, head(109, 100));
    assertThat(waited(ONE)).isZero();
  }

  @Test
  void letsWritersWaitTheLongerTheMoreIsUnfolded() {
    pressure.saw(ONE, head(112, 100));
    long some = waited(ONE);
    pressure.saw(ONE, head(119, 100));
    long more = waited(ONE);
    assertThat(some).isPositive().isLessThan(more);
    assertThat(more).isLessThan(Duration.ofMillis(250).toNanos());
    assertThat(waited(OTHER)).isZero();
  }

  @Test
  void refusesWritesWhenTooMuchIsUnfolded() {
    pressure.saw(ONE, head(120, 100));
    assertThatThrownBy(() -> pressure.admit(ONE))
        .isInstanceOf(BackPressureException.class)
        .hasMessageContaining("has 20 unfolded writes; the limit is 20");
    assertThat(waited(OTHER)).isZero();
  }

  @Test
  void letsOneWriteASecondFindOutWhetherItIsBetter() {
    pressure.saw(ONE, head(120, 100));
    clock.sleep(Duration.ofSeconds(1));
    assertThatCode(() -> pressure.admit(ONE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> pressure.admit(ONE)).isInstanceOf(BackPressureException.class);

    pressure.saw(ONE, head(121, 121));
    assertThat(waited(ONE)).isZero();
  }

  private long waited(CollectionId collection) {
    long start = clock.nanoTime();
    pressure.admit(collection);
    return clock.nanoTime() - start;
  }

  private static Head head(long reserved, long folded) {
    return new Head(new Sequence(reserved), 0, null, null, new Sequence(folded), 0);
  }
}
