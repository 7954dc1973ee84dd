package dev.siltstone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  @Test
  void listsEveryMetricWithItsUnitAndNoOther() throws IOException {
    List<String> listed =
        Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|", -1))
            .map(cells -> cells[1].strip() + " " + cells[2].strip())
            .toList();
    assertThat(listed)
        .containsExactlyElementsOf(
            Stream.of(Metric.values())
                .map(metric -> "`" + metric.publishedName() + "` " + metric.publishedUnit())
                .toList());
  }
}
