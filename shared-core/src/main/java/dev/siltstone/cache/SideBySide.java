package dev.siltstone.cache;

import dev.siltstone.failure.Outcome;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Runs fetches on an executor, a bounded number of them at a time. */
final class SideBySide {
  /** Half of the connections that the AWS clients keep. */
  static final int WIDTH = 32;

  private final Executor executor;

  SideBySide(Executor executor) {
    this.executor = executor;
  }

  /** Returns when all have run; throws what the first failure threw, and starts no more then. */
  void run(List<Runnable> fetches) {
    Queue<Runnable> waiting = new ConcurrentLinkedQueue<>(fetches);
    CompletableFuture<?>[] workers =
        Stream.generate(() -> CompletableFuture.runAsync(() -> runAll(waiting), executor))
            .limit(Math.min(WIDTH, fetches.size()))
            .toArray(CompletableFuture[]::new);
    Outcome.of(CompletableFuture.allOf(workers));
  }

  private static void runAll(Queue<Runnable> waiting) {
    try {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    } catch (RuntimeException | Error e) {
      waiting.clear();
      throw e;
    }
  }
}
