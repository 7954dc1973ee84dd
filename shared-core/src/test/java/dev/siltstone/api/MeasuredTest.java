package dev.siltstone.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.cost.CarryingExecutor;
import dev.siltstone.cost.RequestCost;
import dev.siltstone.cost.Stage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  /** Every look at it takes a millisecond. */
  private final AtomicLong clock = new AtomicLong();

  private final Measured measured = new Measured(() -> clock.addAndGet(1_000_000));

  @Test
  void answersAsEverWhereNobodyAsks() {
    ApiResponse answer = ApiResponse.empty(200);
    assertThat(measured.answer(request(Map.of()), () -> answer)).isSameAs(answer);
    assertThat(measured.answer(request(Map.of(Measured.MEASURE, "off")), () -> answer))
        .isSameAs(answer);
    assertThat(clock).hasValue(0);
  }

  @Test
  void saysHowLongEachStageTookAndWhatWasCalled() {
    ApiResponse answer =
        measured.answer(
            request(Map.of(Measured.MEASURE, "on")),
            () -> {
              RequestCost.call("S3.GetObject");
              RequestCost.call("S3.GetObject");
              RequestCost.fetched(7);
              RequestCost.during(Stage.SEARCH, () -> 1);
              return RequestCost.during(Stage.PARSE, () -> ApiResponse.empty(404));
            });
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.headers())
        .containsEntry("server-timing", "parse;dur=1.000, search;dur=1.000, total;dur=5.000")
        .containsEntry("x-siltstone-cost", "S3.GetObject=2, bytes=7");
  }

  @Test
  void countsWhatOtherThreadsDoForTheRequestAndForNoOther() {
    try (ExecutorService threads = new CarryingExecutor(Executors.newSingleThreadExecutor())) {
      ApiResponse answer =
          measured.answer(
              request(Map.of(Measured.MEASURE, "on")),
              () -> {
                CompletableFuture.runAsync(() -> RequestCost.call("S3.GetObject"), threads).join();
                return ApiResponse.empty(200);
              });
      CompletableFuture.runAsync(() -> RequestCost.call("S3.PutObject"), threads).join();
      assertThat(answer.headers()).containsEntry("x-siltstone-cost", "S3.GetObject=1, bytes=0");
    }
  }

  private static ApiRequest request(Map<String, String> headers) {
    return new ApiRequest("GET", "/", Map.of(), headers, new byte[0]);
  }
}
