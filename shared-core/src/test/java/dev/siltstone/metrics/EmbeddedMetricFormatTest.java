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
  private final Metrics metrics =
      new EmbeddedMetricFormat("producer", new RecordingClock(), lines::add);

  @Test
  void writesOneLineThatDeclaresAndCarriesTheCount() throws IOException {
    metrics.count(Metric.NOTICES_LOST, 3);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).doesNotContain("\n");
    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.get("NoticesLost").longValue()).isEqualTo(3);
    assertThat(line.get("Function").textValue()).isEqualTo("producer");
    assertThat(line.at("/_aws/Timestamp").longValue())
        .isEqualTo(RecordingClock.START.toEpochMilli());
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics/0/Name").textValue())
        .isEqualTo("NoticesLost");
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0/0").textValue())
        .isEqualTo("Function");
  }

  @Test
  void refusesANameThatWouldBreakTheLine() {
    assertThatThrownBy(() -> new EmbeddedMetricFormat("a\"b", new RecordingClock(), lines::add))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
