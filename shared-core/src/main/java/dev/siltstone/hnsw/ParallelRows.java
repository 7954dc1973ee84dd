package dev.siltstone.hnsw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Does something for each of many rows, by several threads that each have tools of their own. */
final class ParallelRows {
  private ParallelRows() {}

  /**
   * Takes {@code rows} in their order; one thread is the caller's own.
   *
   * @param checkpoint run before each row, by whichever thread takes it; may throw to end it all
   */
  static void forEach(
      int[] rows, int threads, Runnable checkpoint, Supplier<? extends IntConsumer> tools) {
    AtomicInteger next = new AtomicInteger();
    Runnable work = () -> drain(rows, next, checkpoint, tools.get());
    if (threads == 1) {
      work.run();
      return;
    }
    try (ExecutorService executor = pool(threads)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(executor.submit(work));
      }
      workers.forEach(ParallelRows::join);
    }
  }

  private static ExecutorService pool(int threads) {
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().name("graph-", 1).daemon(true).factory());
  }

  /** What one thread fails at, the others do not go on with. */
  private static void drain(int[] rows, AtomicInteger next, Runnable checkpoint, IntConsumer tool) {
    try {
      for (int i = next.getAndIncrement(); i < rows.length; i = next.getAndIncrement()) {
        checkpoint.run();
        tool.accept(rows[i]);
      }
    } finally {
      next.set(rows.length);
    }
  }

  private static void join(Future<?> worker) {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a thread that builds a graph failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a graph is built", e);
    }
  }
}
