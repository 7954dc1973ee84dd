package dev.siltstone.local.http;

import dev.siltstone.failure.UnavailableException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that bodies under way may hold together, so that many large requests at once wait for
 * each other and cannot exhaust the heap. Counted in KiB.
 */
final class BodyBudget {
  private static final long WAIT_SECONDS = 30;
  private static final int KIB = 1024;

  private final Semaphore kibibytes;

  BodyBudget(long bytes) {
    this.kibibytes = new Semaphore(Math.toIntExact(bytes / KIB), true);
  }

  /**
   * Waits for a share.
   *
   * @throws UnavailableException if none came free in time
   */
  Share take(long bytes) {
    int wanted = Math.toIntExact(Math.ceilDiv(bytes, KIB));
    try {
      if (!kibibytes.tryAcquire(wanted, WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new UnavailableException("Too many large requests at once", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The server is stopping", e);
    }
    return new Share(wanted);
  }

  /** Some KiB of the budget, given back once. */
  final class Share implements AutoCloseable {
    private int held;

    private Share(int held) {
      this.held = held;
    }

    /** Gives back what a body of {@code bytes} does not need. */
    void shrinkTo(long bytes) {
      int needed = Math.toIntExact(Math.ceilDiv(bytes, KIB));
      if (needed < held) {
        kibibytes.release(held - needed);
        held = needed;
      }
    }

    @Override
    public void close() {
      kibibytes.release(held);
      held = 0;
    }
  }
}
