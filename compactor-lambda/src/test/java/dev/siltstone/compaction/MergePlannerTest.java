package dev.siltstone.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.compaction.MergePlanner.Candidate;
import dev.siltstone.identity.SegmentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergePlannerTest {
  private static final Duration PLENTY = Duration.ofHours(1);

  private final MergePlanner planner = new MergePlanner(1_000);

  @Test
  void leavesASmallSegmentBesideAMuchLargerOneAlone() {
    assertThat(planner.plan(segments(100_000, 1_000), PLENTY)).isEmpty();
  }

  @Test
  void absorbsATierThatHasReachedHalfOfTheNext() {
    assertThat(planner.plan(segments(4_000, 2_000), PLENTY)).contains(ids(1, 0));
  }

  @Test
  void mergesTheSmallestWhenThereAreTooMany() {
    int[] sizes = IntStream.range(0, 9).map(i -> (int) Math.pow(5, i)).toArray();
    assertThat(planner.plan(segments(sizes), PLENTY)).contains(ids(0, 1));
  }

  @Test
  void rewritesASegmentThatIsMostlyDead() {
    List<Candidate> candidates =
        List.of(new Candidate(id(0), 100_000, 100_000), new Candidate(id(1), 10_000, 4_000));
    assertThat(planner.plan(candidates, PLENTY)).contains(ids(1));
  }

  @Test
  void doesNotStartAMergeThatWouldNotFitInTheTimeLeft() {
    List<Candidate> candidates = segments(4_000, 2_000);
    assertThat(planner.plan(candidates, Duration.ofSeconds(6))).isPresent();
    assertThat(planner.plan(candidates, Duration.ofMillis(5_999))).isEmpty();
  }

  @Test
  void startsTheLargestShareOfAMergeThatFits() {
    assertThat(planner.plan(segments(1_000, 1_100, 3_000), Duration.ofMillis(2_100)))
        .contains(ids(0, 1));
  }

  /** A row is rewritten O(log N) times: 300 equal publishes must not cost 300 rewrites each. */
  @Test
  void writesEachRowAFewTimesOverManyPublishes() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    List<Candidate> segments = new ArrayList<>();
    long published = 0;
    long rewritten = 0;
    for (int publish = 0; publish < 300; publish++) {
      segments.add(new Candidate(id(publish), 1_000, 1_000));
      published += 1_000;
      for (Optional<List<SegmentId>> plan = planner.plan(segments, PLENTY);
          plan.isPresent();
          plan = planner.plan(segments, PLENTY)) {
        List<SegmentId> merging = plan.get();
        int rows =
            segments.stream()
                .filter(segment -> merging.contains(segment.id()))
                .mapToInt(Candidate::liveRows)
                .sum();
        segments.removeIf(segment -> merging.contains(segment.id()));
        segments.add(new Candidate(new SegmentId(new UUID(random.nextLong(), 0)), rows, rows));
        rewritten += rows;
      }
      assertThat(segments.size()).as("seed %d", seed).isLessThanOrEqualTo(8);
    }
    assertThat((double) (published + rewritten) / published).as("seed %d", seed).isLessThan(8);
  }

  private static List<Candidate> segments(int... sizes) {
    List<Candidate> segments = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      segments.add(new Candidate(id(i), sizes[i], sizes[i]));
    }
    return segments;
  }

  private static List<SegmentId> ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(MergePlannerTest::id).toList();
  }

  private static SegmentId id(int number) {
    return new SegmentId(new UUID(1, number));
  }
}
