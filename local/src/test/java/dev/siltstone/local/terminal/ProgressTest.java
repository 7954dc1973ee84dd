package dev.siltstone.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.report.Units;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter shown = new StringWriter();
  private final Screen screen = Screen.plain(new PrintWriter(shown, true));

  @Test
  void saysEachQuarterWhereNothingCanBeRedrawn() {
    Progress progress = new Progress(screen, "passages", 8);
    for (int i = 0; i < 8; i++) {
      progress.advance(1);
    }
    screen.settle("done");
    assertThat(shown.toString().lines())
        .containsExactly(
            "         2 of 8 passages",
            "         4 of 8 passages",
            "         6 of 8 passages",
            "done");
  }

  @Test
  void drawsABarOfConstantWidth() {
    assertThat(screen.bar(0, 4)).isEqualTo("━━━━");
    assertThat(screen.bar(0.5, 4)).hasSize(4);
    assertThat(screen.bar(7, 4)).hasSize(4);
  }

  @Test
  void writesUnitsForPeople() {
    assertThat(Units.bytes(999)).isEqualTo("999 B");
    assertThat(Units.bytes(12_345)).isEqualTo("12.3 kB");
    assertThat(Units.bytes(234_567_890)).isEqualTo("235 MB");
    assertThat(Units.time(Duration.ofMillis(1500))).isEqualTo("1.5 s");
    assertThat(Units.time(Duration.ofNanos(2_340_000))).isEqualTo("2.3 ms");
    assertThat(Units.rate(300, Duration.ofMillis(100))).isEqualTo("3,000/s");
    assertThat(Units.count(1, "file")).isEqualTo("1 file");
    assertThat(Units.count(1200, "file")).isEqualTo("1,200 files");
  }
}
