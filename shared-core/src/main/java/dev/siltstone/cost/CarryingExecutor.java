package dev.siltstone.cost;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads whose work counts for the request that handed it to them. */
public final class CarryingExecutor extends AbstractExecutorService {
  private final ExecutorService threads;

  public CarryingExecutor(ExecutorService threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(RequestCost.carried(work));
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(timeout, unit);
  }
}
