package dev.siltstone.metrics.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.metrics.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PowertoolsMetricsTest {
  private final List<String> lines = new ArrayList<>();
  private final PowertoolsMetrics metrics = new PowertoolsMetrics("producer", "Test", lines::add);

  @Test
  void writesOneLineForAllThatAnInvocationMeasured() throws IOException {
    metrics.accept(
        Map.of(
            Metric.NOTICES_LOST, List.of(3.0),
            Metric.WRITE_AMPLIFICATION, List.of(1.5),
            Metric.SEARCH_TIME, List.of(4.0, 6.0)));
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).doesNotContain("\n");
    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.get("NoticesLost").longValue()).isEqualTo(3);
    assertThat(line.get("WriteAmplification").doubleValue()).isEqualTo(1.5);
    assertThat(line.get("SearchTime").toString()).isEqualTo("[4.0,6.0]");
    assertThat(line.get("Function").textValue()).isEqualTo("producer");
    assertThat(line.get("Store").textValue()).isEqualTo("Test");
    assertThat(line.at("/_aws/Timestamp").longValue()).isPositive();
    JsonNode declared = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(declared.get("Namespace").textValue()).isEqualTo("Siltstone");
    assertThat(declared.get("Metrics").toString())
        .contains("{\"Name\":\"NoticesLost\",\"Unit\":\"Count\"}")
        .contains("{\"Name\":\"SearchTime\",\"Unit\":\"Milliseconds\"}");
    assertThat(declared.get("Dimensions").toString()).isEqualTo("[[\"Function\",\"Store\"]]");
  }

  @Test
  void eachInvocationBeginsAnew() throws IOException {
    metrics.accept(Map.of(Metric.HOLES, List.of(1.0)));
    metrics.accept(Map.of(Metric.BACKLOG, List.of(2.0)));
    assertThat(lines).hasSize(2);
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.has("Holes")).isFalse();
    assertThat(second.get("Backlog").doubleValue()).isEqualTo(2);
    assertThat(second.get("Function").textValue()).isEqualTo("producer");
  }

  @Test
  void hasAUnitForEveryMetric() {
    for (Metric metric : Metric.values()) {
      metrics.accept(Map.of(metric, List.of(1.0)));
      assertThat(lines.getLast())
          .contains(
              "{\"Name\":\"%s\",\"Unit\":\"%s\"}"
                  .formatted(metric.publishedName(), metric.publishedUnit()));
    }
  }

  @Test
  void keepsTheFormatsLimitOfAHundredValues() throws IOException {
    metrics.accept(Map.of(Metric.OPEN_TIME, Collections.nCopies(250, 0.5)));
    assertThat(lines).hasSize(3);
    assertThat(new ObjectMapper().readTree(lines.getFirst()).get("OpenTime")).hasSize(100);
  }

  @Test
  void refusesANameThatIsNoDimension() {
    assertThatThrownBy(() -> new PowertoolsMetrics("", "Test", lines::add))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
