package dev.siltstone.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final int KIB = 1024;

  private final MemoryBudget budget = new MemoryBudget(64 * KIB);

  @Test
  void letsOneBodyGrowBeyondItWhileTheOthersWait() throws Exception {
    MemoryBudget.Share first = share(40);
    MemoryBudget.Share second = share(40);
    CompletableFuture<MemoryBudget.Share> third = CompletableFuture.supplyAsync(() -> share(40));
    second.growTo(400 * KIB);
    assertThat(third).isNotDone();
    second.close();
    MemoryBudget.Share beyond = third.get(10, TimeUnit.SECONDS);
    first.close();
    beyond.close();
    assertEverythingIsFree();
  }

  @Test
  void letsBodiesThatHaveBegunGoOnOneAfterTheOther() throws Exception {
    MemoryBudget.Share first = share(32);
    MemoryBudget.Share second = share(32);
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
    MemoryBudget.Share share = share(64);
    share.shrinkTo(1);
    MemoryBudget.Share other = share(63);
    share.close();
    share.close();
    other.close();
    assertEverythingIsFree();
  }

  /** One can take all of it without going beyond, and then another can. */
  private void assertEverythingIsFree() {
    MemoryBudget.Share all = share(64);
    MemoryBudget.Share beyond = share(1);
    CompletableFuture<MemoryBudget.Share> waiting = CompletableFuture.supplyAsync(() -> share(1));
    assertThat(waiting).isNotDone();
    all.close();
    waiting.join().close();
    beyond.close();
  }

  private MemoryBudget.Share share(int kibibytes) {
    MemoryBudget.Share share = budget.open();
    share.growTo((long) kibibytes * KIB);
    return share;
  }
}
