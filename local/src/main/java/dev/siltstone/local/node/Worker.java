package dev.siltstone.local.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A thread in the background that goes on until it is told to stop. */
final class Worker implements AutoCloseable {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private Worker(String name, Consumer<Worker> work) {
    thread = Thread.ofPlatform().name(name).daemon(true).unstarted(() -> work.accept(this));
  }

  /**
   * Starts one.
   *
   * @param work what it does; asks {@link #stopsWithin} between two steps, and ends then
   */
  static Worker start(String name, Consumer<Worker> work) {
    Worker worker = new Worker(name, work);
    worker.thread.start();
    return worker;
  }

  /** Waits so long, or until it is told to stop; whether it was. */
  boolean stopsWithin(Duration wait) {
    try {
      return stop.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Tells it to stop; the step under way goes on until it ends by itself. */
  @Override
  public void close() {
    stop.countDown();
  }

  /** Whether the last step ended within {@code patience} after {@link #close}. */
  boolean hasEnded(Duration patience) {
    try {
      return thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
