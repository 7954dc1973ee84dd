package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  @Test
  void letsALargeBodyWaitForItsShare() throws Exception {
    BodyBudget budget = new BodyBudget(64 * 1024);
    BodyBudget.Share first = budget.take(40 * 1024);
    CompletableFuture<BodyBudget.Share> second =
        CompletableFuture.supplyAsync(() -> budget.take(40 * 1024));
    assertThat(second).isNotDone();
    first.close();
    second.get(10, TimeUnit.SECONDS).close();
    budget.take(64 * 1024).close();
  }

  @Test
  void givesBackWhatABodyDoesNotNeed() throws Exception {
    BodyBudget budget = new BodyBudget(64 * 1024);
    BodyBudget.Share share = budget.take(64 * 1024);
    share.shrinkTo(1);
    budget.take(63 * 1024).close();
    share.close();
    share.close();
    budget.take(64 * 1024).close();
  }
}
