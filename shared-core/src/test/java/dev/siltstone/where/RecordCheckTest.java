package dev.siltstone.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordCheckTest {
  private static final Where REGEX =
      WhereParser.parse(Map.of("a", 1), Map.of("$regex", "(x?){50}x{50}"));

  @Test
  void endsWhenRegularExpressionsHaveDoneTheirShare() {
    long perUnit = REGEX.stepsPerUnit();
    assertThat(perUnit).isGreaterThan(100);
    RecordCheck check = new RecordCheck(REGEX.documentPart(), 30 * perUnit);
    assertThat(check.matches(Metadata.NONE, "x".repeat(20))).isFalse();
    assertThat(check.matches(Metadata.NONE, null)).isFalse();
    assertThat(check.matches(Metadata.NONE, "x".repeat(10))).isFalse();
    assertThatThrownBy(() -> check.matches(Metadata.NONE, "x"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Regex too expensive");
  }

  @Test
  void bindsNoOtherCondition() {
    RecordCheck check = new RecordCheck(new Where.Contains("x"), 0);
    assertThat(check.matches(Metadata.NONE, "x".repeat(1_000))).isTrue();
  }

  @Test
  void leavesOutWhatIndexesHaveDecided() {
    assertThat(REGEX.readsMetadata()).isTrue();
    assertThat(REGEX.documentPart().readsMetadata()).isFalse();
    Where either = new Where.Or(List.of(REGEX, new Where.Contains("x")));
    assertThat(either.documentPart()).isEqualTo(either);
  }
}
