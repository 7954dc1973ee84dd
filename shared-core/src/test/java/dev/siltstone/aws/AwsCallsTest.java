package dev.siltstone.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.time.Clock;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

final class AwsCallsTest {
  private static final long SEED = 20261120;
  private static final SdkException THROTTLED = answered(400, "ThrottlingException");
  private static final SdkException BROKEN = answered(500, "InternalServerError");
  private static final SdkException FORBIDDEN = answered(400, "AccessDeniedException");
  private static final SdkException UNREACHABLE =
      SdkClientException.create("no route", new ConnectException("refused"));
  private static final SdkException TIMED_OUT = SdkClientException.create("no answer in time");

  private final WaitRecorder clock = new WaitRecorder();
  private final AwsCalls calls = new AwsCalls(clock, new SplittableRandom(SEED));

  /** A service that fails as told and then answers; counts its calls. */
  private static final class Service {
    private final List<SdkException> failures;
    private int sent;

    Service(SdkException... failures) {
      this.failures = List.of(failures);
    }

    String send() {
      if (sent++ < failures.size()) {
        throw failures.get(sent - 1);
      }
      return "answer";
    }
  }

  @Test
  void sendsAReadAgainAfterAnyPassingFailure() {
    Service service = new Service(THROTTLED, BROKEN, UNREACHABLE, TIMED_OUT);

    assertThat(calls.read("reading", service::send)).isEqualTo("answer");

    assertThat(service.sent).isEqualTo(5);
  }

  @Test
  void givesUpAReadAfterABoundedNumberOfAttempts() {
    Service service = failingForEver(BROKEN);

    assertThatThrownBy(() -> calls.read("reading x", service::send))
        .isInstanceOf(UnavailableException.class)
        .hasMessageStartingWith("reading x failed")
        .hasCause(BROKEN);

    assertThat(service.sent).isEqualTo(10);
    assertThat(clock.waits).hasSize(9);
  }

  @Test
  void sendsNothingAgainThatCannotSucceed() {
    Service service = new Service(FORBIDDEN);

    assertThatThrownBy(() -> calls.read("reading", service::send))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> calls.repeatable("writing", new Service(FORBIDDEN)::send))
        .isInstanceOf(UnavailableException.class);

    assertThat(service.sent).isEqualTo(1);
    assertThat(clock.waits).isEmpty();
  }

  @Test
  void sendsAWriteAgainOnlyWhenItWasRefused() {
    Service service = new Service(THROTTLED, UNREACHABLE);
    List<Integer> refusals = new ArrayList<>();

    String answer =
        calls.once(
            "writing",
            refused -> {
              refusals.add(refused);
              return service.send();
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(refusals).containsExactly(0, 1, 2);
  }

  @Test
  void neverSendsAWriteAgainWhoseOutcomeIsUnknown() {
    for (SdkException unknown : List.of(BROKEN, TIMED_OUT)) {
      Service service = new Service(unknown);

      assertThatThrownBy(() -> calls.once("writing x", _ -> service.send()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageStartingWith("writing x may or may not")
          .hasCause(unknown);

      assertThat(service.sent).isEqualTo(1);
    }
  }

  @Test
  void tellsAWriteThatWasAlwaysRefusedFromOneWhoseOutcomeIsUnknown() {
    assertThatThrownBy(() -> calls.once("writing", _ -> failingForEver(THROTTLED).send()))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> calls.repeatable("writing", failingForEver(THROTTLED)::send))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> calls.repeatable("writing", failingForEver(BROKEN)::send))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void remembersThatAnEarlierAttemptMayHaveTakenEffect() {
    Service service = new Service(TIMED_OUT, THROTTLED, FORBIDDEN);

    assertThatThrownBy(() -> calls.repeatable("writing", service::send))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasCause(TIMED_OUT);
  }

  @Test
  void waitsAtRandomUpToABoundThatDoublesToOneSecond() {
    for (int run = 0; run < 200; run++) {
      assertThatThrownBy(() -> calls.read("reading", failingForEver(THROTTLED)::send))
          .isInstanceOf(UnavailableException.class);
    }

    for (int attempt = 0; attempt < 9; attempt++) {
      long bound = Math.min(20L << attempt, 1000);
      List<Long> waits = clock.ofAttempt(attempt);
      assertThat(waits).as("attempt %d, seed %d", attempt, SEED).allMatch(it -> it <= bound);
      assertThat(waits).anyMatch(it -> it > bound * 3 / 4).anyMatch(it -> it <= bound / 4);
    }
  }

  @Test
  void repeatsACancelledTransactionOnlyIfEveryReasonPasses() {
    Service passing = new Service(cancelled("None", "TransactionConflict"));
    Service lasting = new Service(cancelled("TransactionConflict", "ValidationError"));

    assertThat(calls.repeatable("writing", passing::send)).isEqualTo("answer");
    assertThatThrownBy(() -> calls.repeatable("writing", lasting::send))
        .isInstanceOf(UnavailableException.class);

    assertThat(lasting.sent).isEqualTo(1);
  }

  @Test
  void namesEachTransactionAfresh() {
    assertThat(calls.newToken()).hasSize(32).isNotEqualTo(calls.newToken());
  }

  private static Service failingForEver(SdkException failure) {
    SdkException[] failures = new SdkException[100];
    java.util.Arrays.fill(failures, failure);
    return new Service(failures);
  }

  private static SdkException answered(int status, String code) {
    return DynamoDbException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  private static SdkException cancelled(String... reasons) {
    return TransactionCanceledException.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("TransactionCanceledException").build())
        .cancellationReasons(
            List.of(reasons).stream()
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .build();
  }

  /** Remembers how long it was asked to wait, and does not. */
  private static final class WaitRecorder implements Clock {
    private final List<Duration> waits = new ArrayList<>();

    List<Long> ofAttempt(int attempt) {
      List<Long> millis = new ArrayList<>();
      for (int i = attempt; i < waits.size(); i += 9) {
        millis.add(waits.get(i).toMillis());
      }
      return millis;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      waits.add(duration);
    }
  }
}
