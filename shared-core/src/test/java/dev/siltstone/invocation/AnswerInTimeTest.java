package dev.siltstone.invocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.ApiResponse;
import dev.siltstone.embedding.RecordingClock;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.invocation.AnswerInTime.Effect;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerInTimeTest {
  private static final Clock CLOCK = Clock.system();

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AnswerInTime inTime = new AnswerInTime(workers);

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void workThatIsDoneInTimeAnswersAndFailsAsItIs() {
    Deadline soon = Deadline.in(CLOCK, Duration.ofMinutes(1));
    assertThat(inTime.answer(soon, Effect.NONE, () -> ApiResponse.empty(204)).status())
        .isEqualTo(204);
    assertThatThrownBy(() ->
            inTime.answer(
                soon,
                Effect.NONE,
                () -> {
                  throw new NotFoundException("no such thing");
                }))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("no such thing");
  }

  @Test
  void lateReadsAreAskedToComeAgainWhileTheWorkGoesOn() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    ApiResponse response = inTime.answer(passed(), Effect.NONE, () -> waiting(end, done));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsEntry("retry-after", "2");
    end.countDown();
    done.await();
  }

  @Test
  void lateWritesAreOfUnknownOutcome() {
    CountDownLatch end = new CountDownLatch(1);
    ApiResponse response =
        inTime.answer(passed(), Effect.PERHAPS, () -> waiting(end, new CountDownLatch(1)));
    end.countDown();
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).doesNotContainKey("retry-after");
    assertThat(new String(response.body(), UTF_8)).contains("outcome is unknown");
  }

  @Test
  void theGatewaysPatienceCountsFromWhenItTookTheRequest() {
    RecordingClock clock = new RecordingClock();
    assertThat(left(clock, 29_000, null)).isEqualTo(Duration.ofMillis(27_500));
    assertThat(left(clock, 60_000, Duration.ZERO)).isEqualTo(Duration.ofMillis(27_500));
    assertThat(left(clock, 29_000, Duration.ofSeconds(8))).isEqualTo(Duration.ofMillis(19_500));
    assertThat(left(clock, 3_000, Duration.ofSeconds(8))).isEqualTo(Duration.ofMillis(1_500));
    assertThat(left(clock, 29_000, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(left(clock, 29_000, Duration.ofHours(-1))).isEqualTo(Duration.ofMillis(27_500));
  }

  private static Duration left(RecordingClock clock, long remaining, @Nullable Duration waited) {
    return AnswerTime.of(
            clock, Duration.ofMillis(remaining), waited == null ? null : clock.now().minus(waited))
        .left();
  }

  private static Deadline passed() {
    return Deadline.in(CLOCK, Duration.ofMillis(-1));
  }

  private static ApiResponse waiting(CountDownLatch end, CountDownLatch done) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    done.countDown();
    return ApiResponse.empty(204);
  }
}
