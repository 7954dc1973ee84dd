package dev.siltstone.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.embedding.RecordingClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedMetricFormatTest {
  private final List<String> lines = new ArrayList<>();
  private final EmbeddedMetricFormat metrics =
      new EmbeddedMetricFormat("producer", new RecordingClock(), lines::add);

  @Test
  void writesOneLineForAllThatAnInvocationMeasured() throws IOException {
    metrics.record(Metric.NOTICES_LOST, 1);
    metrics.record(Metric.NOTICES_LOST, 2);
    metrics.record(Metric.WRITE_AMPLIFICATION, 1.5);
    metrics.record(Metric.SEARCH_TIME, 4);
    metrics.record(Metric.SEARCH_TIME, 6);
    assertThat(lines).isEmpty();
    metrics.publish();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).doesNotContain("\n");
    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.get("NoticesLost").longValue()).isEqualTo(3);
    assertThat(line.get("WriteAmplification").doubleValue()).isEqualTo(1.5);
    assertThat(line.get("SearchTime").toString()).isEqualTo("[4,6]");
    assertThat(line.get("Function").textValue()).isEqualTo("producer");
    assertThat(line.at("/_aws/Timestamp").longValue())
        .isEqualTo(RecordingClock.START.toEpochMilli());
    JsonNode declared = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(declared.get("Namespace").textValue()).isEqualTo("Siltstone");
    assertThat(declared.get("Metrics").toString())
        .contains("{\"Name\":\"NoticesLost\",\"Unit\":\"Count\"}")
        .contains("{\"Name\":\"SearchTime\",\"Unit\":\"Milliseconds\"}");
    assertThat(declared.get("Dimensions").toString()).isEqualTo("[[\"Function\"]]");
  }

  @Test
  void writesNothingWithoutWork() {
    metrics.publish();
    metrics.record(Metric.HOLES, 1);
    metrics.publish();
    metrics.publish();
    assertThat(lines).hasSize(1);
  }

  @Test
  void keepsTheFormatsLimitOfAHundredValues() throws IOException {
    for (int i = 0; i < 250; i++) {
      metrics.record(Metric.OPEN_TIME, i + 0.5);
    }
    metrics.publish();
    assertThat(lines).hasSize(3);
    assertThat(new ObjectMapper().readTree(lines.get(1)).get("OpenTime")).hasSize(100);
  }

  @Test
  void refusesANameThatWouldBreakTheLine() {
    assertThatThrownBy(() -> new EmbeddedMetricFormat("a\"b", new RecordingClock(), lines::add))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
