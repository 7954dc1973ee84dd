package dev.siltstone.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.compaction.MergePlanner.Candidate;
import dev.siltstone.compaction.MergePlanner.Load;
import dev.siltstone.identity.SegmentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergePlannerTest {
  private static final Duration PLENTY = Duration.ofHours(1);

  /** A thousand rows copied a second, a hundred linked. */
  private final MergePlanner planner = new MergePlanner(new MergeCosts(1_000, 100));

  @Test
  void leavesASmallSegmentBesideAMuchLargerOneAlone() {
    assertThat(plan(scanned(3_500, 1_000), PLENTY)).isEmpty();
  }

  @Test
  void absorbsATierThatHasReachedHalfOfTheNext() {
    MergePlan plan = plan(scanned(2_000, 1_000), PLENTY).orElseThrow();
    assertThat(plan.segments()).isEqualTo(ids(1, 0));
    assertThat(plan.graph()).isFalse();
    assertThat(plan.linkedRows()).isZero();
  }

  @Test
  void linksScannedSegmentsOnceTheyHoldEnoughRows() {
    MergePlan plan = plan(scanned(4_000, 1_000), PLENTY).orElseThrow();
    assertThat(plan(scanned(3_999, 1_000), PLENTY)).isEmpty();
    assertThat(plan.segments()).isEqualTo(ids(1, 0));
    assertThat(plan.graph()).isTrue();
    assertThat(plan.linkedRows()).isEqualTo(5_000);
  }

  @Test
  void linksASegmentThatIsLargeFromTheBeginning() {
    assertThat(plan(scanned(30_000), PLENTY).orElseThrow())
        .isEqualTo(new MergePlan(ids(0), true, null, 30_000, 30_000));
  }

  @Test
  void beginsWithTheLargestGraphAndLinksTheRest() {
    List<Candidate> segments = List.of(linked(0, 20_000), linked(1, 6_000), unlinked(2, 5_000));
    assertThat(plan(segments, PLENTY).orElseThrow())
        .isEqualTo(new MergePlan(ids(2, 1, 0), true, id(0), 31_000, 11_000));
  }

  @Test
  void mergesTheSmallestWhenThereAreTooMany() {
    int[] sizes = IntStream.range(0, 9).map(i -> (int) Math.pow(4, i)).toArray();
    List<Candidate> segments = new ArrayList<>(scanned(sizes).subList(0, 6));
    IntStream.range(6, 9).forEach(i -> segments.add(linked(i, sizes[i] * 2)));
    assertThat(plan(segments, PLENTY).orElseThrow().segments()).isEqualTo(ids(0, 1));
  }

  @Test
  void neverMakesAFourthGraph() {
    List<Candidate> segments =
        List.of(linked(0, 1_000_000), linked(1, 200_000), linked(2, 40_000), unlinked(3, 6_000));
    assertThat(plan(segments, PLENTY).orElseThrow())
        .isEqualTo(new MergePlan(ids(3, 2), true, id(2), 46_000, 6_000));
  }

  @Test
  void buildsAGraphAfreshThatIsMostlyDead() {
    List<Candidate> segments =
        List.of(linked(0, 100_000), new Candidate(id(1), 20_000, 9_000, true));
    assertThat(plan(segments, PLENTY).orElseThrow())
        .isEqualTo(new MergePlan(ids(1), true, null, 9_000, 9_000));
  }

  @Test
  void doesNotStartAMergeThatWouldNotFitInTheTimeLeft() {
    List<Candidate> segments = scanned(2_000, 1_000);
    assertThat(plan(segments, Duration.ofSeconds(3))).isPresent();
    assertThat(plan(segments, Duration.ofMillis(2_999))).isEmpty();
  }

  @Test
  void countsLinkingInTheTimeThatAMergeTakes() {
    assertThat(plan(scanned(5_000), Duration.ofSeconds(55))).isPresent();
    assertThat(plan(scanned(5_000), Duration.ofMillis(54_999))).isEmpty();
  }

  @Test
  void startsTheLargestShareOfAMergeThatFits() {
    Optional<MergePlan> plan = plan(scanned(1_000, 1_100, 2_000), Duration.ofMillis(2_100));
    assertThat(plan.orElseThrow().segments()).isEqualTo(ids(0, 1));
  }

  @Test
  void atRestAGraphAbsorbsASixteenthOfItsRows() {
    List<Candidate> segments = List.of(linked(0, 64_000), unlinked(1, 4_000));
    assertThat(plan(segments, PLENTY)).isEmpty();
    assertThat(planAtRest(segments, PLENTY).orElseThrow())
        .isEqualTo(new MergePlan(ids(1, 0), true, id(0), 68_000, 4_000));
    assertThat(planAtRest(List.of(linked(0, 64_001), unlinked(1, 4_000)), PLENTY)).isEmpty();
  }

  @Test
  void atRestSeveralGraphsBecomeOne() {
    List<Candidate> segments = List.of(linked(0, 70_000), linked(1, 25_000), unlinked(2, 4_000));
    assertThat(plan(segments, PLENTY)).isEmpty();
    assertThat(planAtRest(segments, PLENTY).orElseThrow())
        .isEqualTo(new MergePlan(ids(2, 1, 0), true, id(0), 99_000, 29_000));
  }

  @Test
  void atRestAFewNewRowsAreNotWorthRewritingAGraph() {
    assertThat(planAtRest(List.of(linked(0, 100_000), unlinked(1, 1)), PLENTY)).isEmpty();
  }

  @Test
  void atRestSegmentsWithoutAGraphAreMergedAsUnderLoad() {
    assertThat(planAtRest(scanned(3_500, 1_000), PLENTY)).isEmpty();
    assertThat(planAtRest(scanned(2_000, 1_000), PLENTY))
        .isEqualTo(plan(scanned(2_000, 1_000), PLENTY));
  }

  @Test
  void atRestNothingIsRewrittenForLessBecauseALargerMergeDoesNotFit() {
    List<Candidate> segments = List.of(linked(0, 1_000_000), linked(1, 70_000), unlinked(2, 1_000));
    assertThat(planAtRest(segments, PLENTY).orElseThrow().segments()).isEqualTo(ids(2, 1, 0));
    assertThat(planAtRest(segments, Duration.ofMinutes(20))).isEmpty();
  }

  @Test
  void atRestASmallerGraphAbsorbsItsShareWhenALargerMergeDoesNotFit() {
    List<Candidate> segments = List.of(linked(0, 1_000_000), linked(1, 64_000), unlinked(2, 4_000));
    assertThat(planAtRest(segments, Duration.ofMinutes(20)).orElseThrow())
        .isEqualTo(new MergePlan(ids(2, 1), true, id(1), 68_000, 4_000));
  }

  private Optional<MergePlan> planAtRest(List<Candidate> segments, Duration left) {
    return planner.plan(segments, Load.AT_REST, left);
  }

  private Optional<MergePlan> plan(List<Candidate> segments, Duration left) {
    return planner.plan(segments, Load.WRITES_WAIT, left);
  }

  private static List<Candidate> scanned(int... sizes) {
    List<Candidate> segments = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      segments.add(new Candidate(id(i), sizes[i], sizes[i], false));
    }
    return segments;
  }

  private static Candidate unlinked(int number, int rows) {
    return new Candidate(id(number), rows, rows, false);
  }

  private static Candidate linked(int number, int rows) {
    return new Candidate(id(number), rows, rows, true);
  }

  private static List<SegmentId> ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(MergePlannerTest::id).toList();
  }

  private static SegmentId id(int number) {
    return new SegmentId(new UUID(1, number));
  }
}
