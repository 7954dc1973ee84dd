package dev.siltstone.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.678Z");

  private final Report report =
      new Report()
          .fact("name", Figure.text("stones"))
          .fact("live_records", Figure.count(12_345))
          .fact("lock_holder", Figure.none())
          .table(
              new Table("runs", "outcome", "bytes_written", "at")
                  .row(Figure.text("DRAINED"), Figure.bytes(12_345), Figure.moment(MOMENT))
                  .row(Figure.text("FENCED"), Figure.bytes(9), Figure.moment(null)))
          .table(new Table("holes", "place"));

  @Test
  void alignsFactsAndColumnsForPeople() {
    assertThat(report.lines())
        .containsExactly(
            "name          stones",
            "live records  12,345",
            "lock holder   -",
            "",
            "OUTCOME  BYTES WRITTEN  AT",
            "DRAINED        12.3 kB  2026-01-02 03:04:05",
            "FENCED             9 B  -",
            "",
            "no holes");
  }

  @Test
  void givesProgramsTheValuesThemselves() throws Exception {
    JsonNode json = new ObjectMapper().readTree(report.json());
    assertThat(json.get("live_records").intValue()).isEqualTo(12_345);
    assertThat(json.get("lock_holder").isNull()).isTrue();
    assertThat(json.get("runs").get(0).get("bytes_written").intValue()).isEqualTo(12_345);
    assertThat(json.get("runs").get(0).get("at").textValue()).isEqualTo(MOMENT.toString());
    assertThat(json.get("runs").get(1).get("at").isNull()).isTrue();
    assertThat(json.get("holes").size()).isZero();
  }

  @Test
  void refusesARowThatDoesNotFitItsColumns() {
    assertThatThrownBy(() -> new Table("runs", "outcome").row())
        .hasMessage("table runs has 1 columns, not 0");
  }
}
