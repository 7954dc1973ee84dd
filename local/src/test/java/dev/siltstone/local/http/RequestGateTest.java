package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RequestGateTest {
  private final RequestGate gate = new RequestGate();

  @Test
  void letsNobodyInOnceShut() {
    assertThat(gate.enter()).isTrue();
    gate.leave();
    gate.shut(Duration.ZERO);
    assertThat(gate.enter()).isFalse();
  }

  @Test
  void waitsForThoseInsideButNotForEver() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayLeave = new CountDownLatch(1);
    CompletableFuture<Void> inside =
        CompletableFuture.runAsync(() -> {
          gate.enter();
          entered.countDown();
          awaitUninterrupted(mayLeave);
          gate.leave();
        });
    entered.await();
    gate.shut(Duration.ofMillis(1));
    assertThat(inside).isNotDone();
    CompletableFuture<Void> shut =
        CompletableFuture.runAsync(() -> gate.shut(Duration.ofSeconds(60)));
    mayLeave.countDown();
    inside.join();
    shut.join();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
