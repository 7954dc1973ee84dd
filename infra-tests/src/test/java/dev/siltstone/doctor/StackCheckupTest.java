package dev.siltstone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.local.doctor.Finding;
import dev.siltstone.local.doctor.aws.Stack;
import dev.siltstone.local.doctor.aws.StackCheckup;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StackCheckupTest {
  private static final AwsServices SERVICES = AwsServices.emulated();
  private static final AwsFamily FAMILY = AwsFamily.create(SERVICES);

  @Test
  void aHealthyStackHasNothingToReportAndIsNotTouched() {
    Stack stack = new Stack(FAMILY.bucket(), FAMILY.tableName(), FAMILY.queueUrl(), null, null);

    assertThat(levels(check(stack, Clock.system())))
        .containsEntry("table", Finding.Level.OK)
        .containsEntry("bucket", Finding.Level.OK)
        .containsEntry("table, writing", Finding.Level.OK)
        .containsEntry("bucket, writing", Finding.Level.OK)
        .containsEntry("queue", Finding.Level.OK)
        .containsEntry("clock", Finding.Level.OK)
        .containsEntry("collections", Finding.Level.OK)
        .containsEntry("functions", Finding.Level.SKIPPED);
    assertThat(FAMILY.store().listAfter("doctor", null, 10)).isEmpty();
    assertThat(FAMILY.dynamoDb().scan(b -> b.tableName(FAMILY.tableName())).items())
        .noneMatch(item -> item.get("pk").s().startsWith("doctor"));
  }

  @Test
  void whatIsNotThereFailsWithWhatIsNeeded() {
    Stack stack = new Stack("no-such-bucket", "no-such-table", FAMILY.queueUrl(), null, null);

    List<Finding> findings = check(stack, Clock.system());

    assertThat(levels(findings))
        .containsEntry("table", Finding.Level.FAIL)
        .containsEntry("bucket", Finding.Level.FAIL)
        .doesNotContainKey("collections");
    assertThat(findings)
        .filteredOn(finding -> finding.level() == Finding.Level.FAIL)
        .allMatch(finding -> finding.advice().contains("needed: "));
  }

  @Test
  void deadLettersAreAWarning() {
    FAMILY.sqs().sendMessage(b -> b.queueUrl(FAMILY.queueUrl()).messageBody("dead"));
    Stack stack =
        new Stack(FAMILY.bucket(), FAMILY.tableName(), null, FAMILY.queueUrl(), "us-east-1");

    assertThat(levels(check(stack, Clock.system())))
        .containsEntry("dead letters", Finding.Level.WARN)
        .containsEntry("queue", Finding.Level.SKIPPED);
  }

  @Test
  void aWrongClockIsFound() {
    Stack stack = new Stack(FAMILY.bucket(), FAMILY.tableName(), null, null, null);

    assertThat(levels(check(stack, new Late(Duration.ofMinutes(1)))))
        .containsEntry("clock", Finding.Level.WARN);
    assertThat(levels(check(stack, new Late(Duration.ofMinutes(10)))))
        .containsEntry("clock", Finding.Level.FAIL);
  }

  private static List<Finding> check(Stack stack, Clock clock) {
    try (StackCheckup checkup =
        StackCheckup.of(
            stack, SERVICES.endpoints(), SERVICES::identify, clock, new SplittableRandom(1))) {
      return checkup.findings();
    }
  }

  private static Map<String, Finding.Level> levels(List<Finding> findings) {
    return findings.stream().collect(Collectors.toMap(Finding::check, Finding::level));
  }

  private record Late(Duration by) implements Clock {
    @Override
    public Instant now() {
      return Clock.system().now().minus(by);
    }

    @Override
    public long nanoTime() {
      return Clock.system().nanoTime();
    }

    @Override
    public void sleep(Duration duration) {
      Clock.system().sleep(duration);
    }
  }
}
