package dev.siltstone.local.http;

import dev.siltstone.api.AnswerRoom;
import dev.siltstone.failure.UnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that bodies under way, or answers, may hold together, so that many large requests at
 * once wait for each other and cannot exhaust the heap. Counted in KiB. A share grows as its body
 * arrives or its answer is made: what a client only promises takes nothing from others. When
 * nothing is left, one share at a time may grow beyond the budget, so that those that have begun
 * never wait for each other in a circle.
 */
final class MemoryBudget {
  private static final long WAIT_SECONDS = 30;
  private static final int KIB = 1024;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition returned = lock.newCondition();
  private int free;
  private @Nullable Share beyond;

  MemoryBudget(long bytes) {
    this.free = Math.toIntExact(bytes / KIB);
  }

  /** A share of nothing yet. */
  Share open() {
    return new Share();
  }

  /** Some KiB of the budget, given back once. Belongs to one thread. */
  final class Share implements AnswerRoom, AutoCloseable {
    private int held;
    private int borrowed;

    /**
     * Waits for what a body of {@code bytes} needs in all.
     *
     * @throws UnavailableException if it did not come free in time
     */
    @Override
    public void growTo(long bytes) {
      int more = kibibytes(bytes) - held;
      if (more <= 0) {
        return;
      }
      try {
        lock.lockInterruptibly();
      } catch (InterruptedException e) {
        throw stopping(e);
      }
      try {
        await(more);
        held += more;
      } finally {
        lock.unlock();
      }
    }

    private void await(int more) {
      long left = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
      while (more > free && beyond != null && beyond != this) {
        try {
          left = returned.awaitNanos(left);
        } catch (InterruptedException e) {
          throw stopping(e);
        }
        if (left <= 0) {
          throw new UnavailableException("Too many large requests at once", null);
        }
      }
      if (more <= free) {
        free -= more;
      } else {
        beyond = this;
        borrowed += more;
      }
    }

    /** Gives back what a body of {@code bytes} does not need. */
    void shrinkTo(long bytes) {
      if (held <= kibibytes(bytes)) {
        return;
      }
      lock.lock();
      try {
        int unneeded = held - kibibytes(bytes);
        int repaid = Math.min(unneeded, borrowed);
        held -= unneeded;
        borrowed -= repaid;
        free += unneeded - repaid;
        if (beyond == this && borrowed == 0) {
          beyond = null;
        }
        returned.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }

  private static int kibibytes(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, KIB));
  }

  private static UnavailableException stopping(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UnavailableException("The server is stopping", e);
  }
}
