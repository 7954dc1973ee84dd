package dev.siltstone.storage;

import java.util.concurrent.Semaphore;

/**
 * Memory for parts of downloads that are on their way, shared by all downloads of a store: many
 * small files may be under way at once, or a few parts of large ones.
 */
public final class DownloadRoom {
  private static final int UNIT = 4 << 10;
  private static final int UNITS = (128 << 20) / UNIT;

  private final Semaphore free = new Semaphore(UNITS);

  /**
   * Takes room for so many bytes.
   *
   * @param wait whether to wait for it; only while the same download holds none, so that nobody
   *     waits for ever
   * @return whether it was taken
   */
  boolean take(int bytes, boolean wait) {
    if (wait) {
      free.acquireUninterruptibly(units(bytes));
      return true;
    }
    return free.tryAcquire(units(bytes));
  }

  void giveBack(int bytes) {
    free.release(units(bytes));
  }

  private static int units(int bytes) {
    return Math.ceilDiv(bytes, UNIT);
  }
}
