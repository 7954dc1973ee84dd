package dev.siltstone.local.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Counts requests under way and shuts for good: from then on nobody enters, those inside finish.
 * Requests hold it as readers, the one who shuts it waits to be its only writer.
 */
final class RequestGate {
  private final ReentrantReadWriteLock inside = new ReentrantReadWriteLock();
  private volatile boolean shut;

  /** Whether the caller is in; then it must {@link #leave}, on the same thread. */
  boolean enter() {
    return !shut && inside.readLock().tryLock();
  }

  void leave() {
    inside.readLock().unlock();
  }

  /** Lets nobody in any more and waits, but not for longer than {@code grace}, for the others. */
  void shut(Duration grace) {
    shut = true;
    try {
      if (inside.writeLock().tryLock(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        inside.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
