package dev.siltstone.query;

import dev.siltstone.distance.DistanceKernel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * What searches work with: the kernel that compares vectors, and threads that help a search of
 * several segments while others leave processors idle.
 */
public final class SearchEngine {
  /** Handing work to another thread costs about as much as comparing so many vectors. */
  private static final long WORTH_A_THREAD = 2_000;

  private final DistanceKernel kernel;
  private final Executor executor;
  private final Semaphore idle;

  private SearchEngine(DistanceKernel kernel, Executor executor, int helpers) {
    this.kernel = kernel;
    this.executor = executor;
    this.idle = new Semaphore(helpers);
  }

  /** Every search by its caller's thread alone. */
  public static SearchEngine alone(DistanceKernel kernel) {
    return new SearchEngine(kernel, Runnable::run, 0);
  }

  /**
   * With help.
   *
   * @param executor runs the helpers
   * @param helpers how many there are at most, for all searches together: the processors but one
   */
  public static SearchEngine helped(DistanceKernel kernel, Executor executor, int helpers) {
    return new SearchEngine(kernel, executor, helpers);
  }

  DistanceKernel kernel() {
    return kernel;
  }

  /**
   * Runs the parts of a search, of which the first is the largest.
   *
   * @param otherComparisons how many vectors the others compare
   */
  void run(List<Runnable> parts, long otherComparisons) {
    if (otherComparisons < WORTH_A_THREAD || !idle.tryAcquire()) {
      parts.forEach(Runnable::run);
      return;
    }
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              try {
                parts.subList(1, parts.size()).forEach(Runnable::run);
              } finally {
                idle.release();
              }
            },
            executor);
    try {
      parts.getFirst().run();
    } finally {
      join(others);
    }
  }

  private static void join(CompletableFuture<Void> others) {
    try {
      others.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
