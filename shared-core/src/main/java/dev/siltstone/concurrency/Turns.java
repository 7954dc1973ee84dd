package dev.siltstone.concurrency;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One at a time for each subject, in the order in which they came, and nobody waits for those who
 * are about another.
 *
 * @param <K> what work is about; compared by {@code equals}
 */
public final class Turns<K> {
  private final Map<K, Turn> turns = new HashMap<>();

  /** Runs work about a subject when nobody else does any about it. */
  public <T> T take(K subject, Supplier<T> work) {
    Turn turn;
    synchronized (turns) {
      turn = turns.computeIfAbsent(subject, _ -> new Turn());
      turn.users++;
    }
    turn.lock.lock();
    try {
      return work.get();
    } finally {
      turn.lock.unlock();
      synchronized (turns) {
        if (--turn.users == 0) {
          turns.remove(subject);
        }
      }
    }
  }

  /** As {@link #take(Object, Supplier)}, for work without a result. */
  public void take(K subject, Runnable work) {
    take(
        subject,
        () -> {
          work.run();
          return this;
        });
  }

  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private int users;
  }
}
