package dev.siltstone.cache;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time for each file, and nobody waits for those who are about another file. */
final class Turns {
  private final Map<Path, Turn> turns = new HashMap<>();

  /** Runs work about a file when nobody else does any about it. */
  void take(Path file, Runnable work) {
    Turn turn;
    synchronized (turns) {
      turn = turns.computeIfAbsent(file, _ -> new Turn());
      turn.users++;
    }
    turn.lock.lock();
    try {
      work.run();
    } finally {
      turn.lock.unlock();
      synchronized (turns) {
        if (--turn.users == 0) {
          turns.remove(file);
        }
      }
    }
  }

  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }
}
