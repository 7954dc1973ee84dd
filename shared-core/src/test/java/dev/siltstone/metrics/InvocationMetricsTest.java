package dev.siltstone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationMetricsTest {
  private final List<Map<Metric, List<Double>>> published = new ArrayList<>();
  private final InvocationMetrics metrics = new InvocationMetrics(published::add);

  @Test
  void handsOverAllThatAnInvocationMeasuredAtOnce() {
    metrics.record(Metric.NOTICES_LOST, 1);
    metrics.record(Metric.NOTICES_LOST, 2);
    metrics.record(Metric.WRITE_AMPLIFICATION, 1.5);
    metrics.record(Metric.SEARCH_TIME, 4);
    metrics.record(Metric.SEARCH_TIME, 6);
    assertThat(published).isEmpty();
    metrics.publish();
    assertThat(published)
        .containsExactly(
            Map.of(
                Metric.NOTICES_LOST, List.of(3.0),
                Metric.WRITE_AMPLIFICATION, List.of(1.5),
                Metric.SEARCH_TIME, List.of(4.0, 6.0)));
  }

  @Test
  void handsOverNothingWithoutWork() {
    metrics.publish();
    metrics.record(Metric.HOLES, 1);
    metrics.publish();
    metrics.publish();
    assertThat(published).containsExactly(Map.of(Metric.HOLES, List.of(1.0)));
  }

  @Test
  void handsOverAtOnceWhatMustNotBeLost() {
    metrics.record(Metric.BACKLOG, 4);
    metrics.atOnce().record(Metric.QUARANTINED_DELTAS, 1);
    assertThat(published).containsExactly(Map.of(Metric.QUARANTINED_DELTAS, List.of(1.0)));
  }

  @Test
  void leavesOutWhatIsNoNumber() {
    metrics.record(Metric.WRITE_AMPLIFICATION, Double.NaN);
    metrics.record(Metric.WRITE_AMPLIFICATION, Double.POSITIVE_INFINITY);
    metrics.publish();
    assertThat(published).isEmpty();
  }
}
