package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private static final int KIB = 1024;

  private final BodyBudget budget = new BodyBudget(64 * KIB);

  @Test
  void letsOneBodyGrowBeyondItWhileTheOthersWait() throws Exception {
    BodyBudget.Share first = share(40);
    BodyBudget.Share second = share(40);
    CompletableFuture<BodyBudget.Share> third = CompletableFuture.supplyAsync(() -> share(40));
    second.growTo(400 * KIB);
    assertThat(third).isNotDone();
    second.close();
    BodyBudget.Share beyond = third.get(10, TimeUnit.SECONDS);
    first.close();
    beyond.close();
    assertEverythingIsFree();
  }

  @Test
  void letsBodiesThatHaveBegunGoOnOneAfterTheOther() throws Exception {
    BodyBudget.Share first = share(32);
    BodyBudget.Share second = share(32);
    first.growTo(64 * KIB);
    CompletableFuture<Void> grown =
        CompletableFuture.runAsync(() -> second.growTo(64 * KIB)).thenRun(second::close);
    assertThat(grown).isNotDone();
    first.close();
    grown.get(10, TimeUnit.SECONDS);
    assertEverythingIsFree();
  }

  @Test
  void givesBackWhatABodyDoesNotNeed() {
    BodyBudget.Share share = share(64);
    share.shrinkTo(1);
    BodyBudget.Share other = share(63);
    share.close();
    share.close();
    other.close();
    assertEverythingIsFree();
  }

  /** One can take all of it without going beyond, and then another can. */
  private void assertEverythingIsFree() {
    BodyBudget.Share all = share(64);
    BodyBudget.Share beyond = share(1);
    CompletableFuture<BodyBudget.Share> waiting = CompletableFuture.supplyAsync(() -> share(1));
    assertThat(waiting).isNotDone();
    all.close();
    waiting.join().close();
    beyond.close();
  }

  private BodyBudget.Share share(int kibibytes) {
    BodyBudget.Share share = budget.open();
    share.growTo((long) kibibytes * KIB);
    return share;
  }
}
