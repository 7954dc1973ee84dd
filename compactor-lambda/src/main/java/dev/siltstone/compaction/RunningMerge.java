package dev.siltstone.compaction;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A merge under way beside the run that started it. Closing gives it up if it is not done; what it
 * has stored by then, garbage collection finds.
 */
final class RunningMerge implements AutoCloseable {
  private final CompletableFuture<MergedSegment> result;
  private volatile boolean givenUp;

  private RunningMerge(SegmentMerge merge, Executor executor) {
    this.result = CompletableFuture.supplyAsync(() -> merge.run(this::checkpoint), executor);
  }

  static RunningMerge start(SegmentMerge merge, Executor executor) {
    return new RunningMerge(merge, executor);
  }

  private void checkpoint() {
    if (givenUp) {
      throw new CancellationException("the run that started this merge is over");
    }
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Waits, at most so long; says whether it is done. */
  boolean isDoneWithin(Duration patience) {
    try {
      result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while segments are merged", e);
    }
  }

  /** The merged segment, once it is done; throws what the merge failed with. */
  MergedSegment merged() {
    try {
      return result.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  @Override
  public void close() {
    givenUp = true;
    result.exceptionally(_ -> null).join();
  }
}
