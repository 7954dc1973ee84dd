package dev.siltstone.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordCheckTest {
  private static final Where REGEX =
      WhereParser.parse(Map.of("a", 1), Map.of("$regex", "(x?){50}x{50}"));

  @Test
  void endsWhenRegularExpressionsHaveTakenTheirTime() {
    AtomicLong processor = new AtomicLong(5);
    RecordCheck check = new RecordCheck(REGEX.documentPart(), new TextWork(processor::get));
    String document = "x".repeat(2_000);
    assertThat(REGEX.stepsPerUnit()).isGreaterThan(100);
    assertThat(check.matches(Metadata.NONE, document)).isTrue();
    processor.addAndGet(TextWork.MOST_TIME.toNanos());
    assertThat(check.matches(Metadata.NONE, document)).isTrue();
    assertThat(check.matches(Metadata.NONE, null)).isFalse();
    processor.addAndGet(1);
    assertThatThrownBy(() -> check.matches(Metadata.NONE, document))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(
            "Conditions on documents too expensive: searching documents has taken 750 ms");
  }

  @Test
  void sharesTheTimeOfARequestAmongItsConditions() {
    AtomicLong processor = new AtomicLong(5);
    TextWork work = new TextWork(processor::get);
    String document = "x".repeat(2_000);
    assertThat(new RecordCheck(REGEX, work).matches(Metadata.NONE, document)).isFalse();
    processor.addAndGet(TextWork.MOST_TIME.toNanos() + 1);
    assertThatThrownBy(() -> new RecordCheck(REGEX, work).matches(Metadata.NONE, document))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void doesNotBeginWithADocumentThatWouldTakeTooLong() {
    int length = (int) (TextWork.MOST_STEPS_OF_A_DOCUMENT / REGEX.stepsPerUnit());
    RecordCheck check = new RecordCheck(REGEX.documentPart(), new TextWork(() -> 0));
    assertThatThrownBy(() -> check.matches(Metadata.NONE, "y".repeat(length + 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Conditions on documents too expensive: a document is too long");
  }

  @Test
  void bindsManyTextsAsWell() {
    AtomicLong processor = new AtomicLong();
    TextWork work = new TextWork(() -> processor.addAndGet(TextWork.MOST_TIME.toNanos()));
    Where many = new Where.Or(Collections.nCopies(17, new Where.Contains("y")));
    RecordCheck check = new RecordCheck(many, work);
    assertThat(check.matches(Metadata.NONE, "x".repeat(400_000))).isFalse();
    assertThatThrownBy(
            () -> {
              check.matches(Metadata.NONE, "x".repeat(400_000));
              check.matches(Metadata.NONE, "x".repeat(400_000));
            })
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Conditions on documents too expensive");
  }

  @Test
  void bindsNoOtherCondition() {
    AtomicLong processor = new AtomicLong();
    TextWork work = new TextWork(() -> processor.addAndGet(TextWork.MOST_TIME.toNanos() * 2));
    RecordCheck check = new RecordCheck(new Where.Contains("x"), work);
    assertThat(check.matches(Metadata.NONE, "x".repeat(1_000_000))).isTrue();
    assertThat(check.matches(Metadata.NONE, "x".repeat(1_000_000))).isTrue();
  }

  @Test
  void leavesOutWhatIndexesHaveDecided() {
    assertThat(REGEX.readsMetadata()).isTrue();
    assertThat(REGEX.documentPart().readsMetadata()).isFalse();
    Where either = new Where.Or(List.of(REGEX, new Where.Contains("x")));
    assertThat(either.documentPart()).isEqualTo(either);
  }
}
