package dev.siltstone.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.compaction.MergePlanner.Candidate;
import dev.siltstone.compaction.MergePlanner.Load;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds over any history of publishes and merges. */
class MergePlannerPropertiesTest {
  private static final Duration PLENTY = Duration.ofHours(1);
  private static final MergeCosts COSTS = new MergeCosts(20_000, 4_000);

  /** 300 runs of 1,000 records: small writes must not rewrite a large collection every time. */
  @Test
  void writesEachRowAFewTimesOverManyEqualPublishes() {
    MergeWorld world = new MergeWorld(new MergePlanner(COSTS));
    int most = 0;
    for (int publish = 0; publish < 300; publish++) {
      world.publish(1_000);
      world.settle(Load.WRITES_WAIT, PLENTY);
      most = Math.max(most, world.segments().size());
      assertThat(world.graphs()).isLessThanOrEqualTo(DueMerges.MAX_GRAPHS);
      assertThat(world.scannedRows()).isLessThan(5_000);
    }
    System.out.printf(
        "300 publishes of 1,000: each row written %.1f times, linked %.1f times, at most %d"
            + " segments%n",
        world.writesPerRow(), world.linksPerRow(), most);
    assertThat(world.writesPerRow()).isLessThan(8);
    assertThat(world.linksPerRow()).isLessThan(3);
    assertThat(most).isLessThanOrEqualTo(8);
  }

  /** The same where each publish is followed by rest: what keeps graphs few has its bound too. */
  @Test
  void copiesARowAtMostSixteenTimesMoreWhereEachPublishIsFollowedByRest() {
    MergeWorld world = new MergeWorld(new MergePlanner(COSTS));
    for (int publish = 0; publish < 300; publish++) {
      world.publish(1_000);
      world.settle(Load.AT_REST, PLENTY);
      assertThat(world.graphs()).isLessThanOrEqualTo(2);
    }
    System.out.printf(
        "300 publishes of 1,000, each followed by rest: each row written %.1f times, linked %.1f"
            + " times%n",
        world.writesPerRow(), world.linksPerRow());
    assertThat(world.writesPerRow()).isLessThan(8 + 16);
    assertThat(world.linksPerRow()).isLessThan(2);
  }

  @Test
  void atRestAnySegmentsComeToOneGraphAndSmallRestsInFewSteps() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MergeWorld world = anySegments(random);
      int before = world.segments().size();
      int merges = world.settle(Load.AT_REST, PLENTY);
      String which = "seed %d, left %s".formatted(seed, world.segments());
      assertThat(merges).as(which).isLessThanOrEqualTo(before + 1);
      assertThat(world.copiedRows()).as(which).isLessThanOrEqualTo(2 * world.liveRows());
      for (Candidate graph : world.segments()) {
        long smaller = world.liveRows(graph);
        assertThat(graph.graph() && smaller * 16 >= graph.liveRows()).as(which).isFalse();
      }
    }
  }

  @Test
  void atRestMergingComesToAnEndWithLittleTimeToo() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MergeWorld world = anySegments(random);
      int before = world.segments().size();
      int merges = world.settle(Load.AT_REST, Duration.ofMillis(random.nextInt(600_000)));
      assertThat(merges).as("seed %d", seed).isLessThanOrEqualTo(2 * before);
      assertThat(world.copiedRows()).as("seed %d", seed).isLessThanOrEqualTo(3 * world.liveRows());
    }
  }

  /** Up to three graphs among up to twelve segments of any sizes, some of their rows dead. */
  private static MergeWorld anySegments(SplittableRandom random) {
    MergeWorld world = new MergeWorld(new MergePlanner(COSTS));
    int segments = 1 + random.nextInt(12);
    for (int i = 0; i < segments; i++) {
      boolean graph = random.nextBoolean() && world.graphs() < DueMerges.MAX_GRAPHS;
      int rows = 1 + (int) Math.pow(10, random.nextDouble() * (graph ? 6.3 : 4));
      world.has(rows, rows - random.nextInt((rows + 1) / 2 + 1) / (1 + random.nextInt(5)), graph);
    }
    return world;
  }

  /** Writes do not wait for merges: what comes during one is linked by the next. */
  @Test
  void linksEachRowAboutOnceWhileALotIsWritten() {
    for (int rowsPerSecond : new int[] {1_000, 2_000, 4_000, 8_000}) {
      MergeWorld world = new MergeWorld(new MergePlanner(COSTS));
      double writtenUntil = 100_000.0 / rowsPerSecond;
      double now = 0;
      int written = 0;
      Optional<MergePlan> plan = Optional.empty();
      double mergedAt = 0;
      while (now < writtenUntil || plan.isPresent()) {
        now += 1;
        for (; written + 1_000 <= Math.min(100_000, now * rowsPerSecond); written += 1_000) {
          world.publish(1_000);
        }
        if (plan.isPresent() && mergedAt <= now) {
          world.carryOut(plan.get());
          plan = Optional.empty();
        }
        if (plan.isEmpty()) {
          plan = world.plan(now < writtenUntil ? Load.WRITES_WAIT : Load.AT_REST, PLENTY);
          mergedAt = now + plan.map(p -> COSTS.of(p).toMillis() / 1e3).orElse(0.0);
        }
      }
      System.out.printf(
          "100,000 rows, %,d a second: all linked after %.0f s, each row written %.1f times, linked"
              + " %.2f times; one build takes %.0f s%n",
          rowsPerSecond, now, world.writesPerRow(), world.linksPerRow(), 100_000.0 / 4_000);
      assertThat(world.linksPerRow()).isLessThan(2);
      assertThat(world.graphs()).isEqualTo(1);
    }
  }

  @Test
  void keepsItsBoundsWhateverIsPublishedAndDeleted() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MergeWorld world = new MergeWorld(new MergePlanner(COSTS));
      for (int step = 0; step < 200; step++) {
        act(world, random);
        Duration left = Duration.ofMillis(random.nextInt(60_000));
        Load load = random.nextBoolean() ? Load.WRITES_WAIT : Load.AT_REST;
        Optional<MergePlan> plan = world.plan(load, left);
        plan.ifPresent(
            found -> assertThat(COSTS.of(found)).as("the time left").isLessThanOrEqualTo(left));
        plan.ifPresent(world::carryOut);
        assertThat(world.graphs()).as("seed %d", seed).isLessThanOrEqualTo(DueMerges.MAX_GRAPHS);
      }
      world.settle(Load.WRITES_WAIT, PLENTY);
      assertThat(world.segments().size()).as("seed %d", seed).isLessThanOrEqualTo(8);
      assertThat(world.scannedRows()).as("seed %d", seed).isLessThan(5_000);
    }
  }

  private static void act(MergeWorld world, SplittableRandom random) {
    if (random.nextInt(4) > 0 || world.segments().isEmpty()) {
      world.publish(1 + (int) Math.pow(10, random.nextDouble() * 4.5));
    } else {
      int segment = random.nextInt(world.segments().size());
      world.delete(segment, random.nextInt(1 + world.segments().get(segment).rows()));
    }
  }
}
