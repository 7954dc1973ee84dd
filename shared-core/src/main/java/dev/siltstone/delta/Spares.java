package dev.siltstone.delta;

import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Opening a SQLite connection takes longer than writing or reading a small delta with it, so a few
 * are kept. Each belongs to one user at a time; whoever finds none opens one.
 */
final class Spares<T extends Spares.Spare> {
  private static final int KEPT = 8;

  /** One that held a larger database goes, and its memory with it. */
  private static final int SMALL_BYTES = 1 << 20;

  /** What is kept. */
  interface Spare extends AutoCloseable {
    /** Bytes of the database it was used for last, which it may still hold. */
    int lastBytes();

    @Override
    void close() throws SQLException;
  }

  /** Opens one. */
  interface Opener<T> {
    T open() throws SQLException;
  }

  /** What is done with one. */
  interface Use<T, R> {
    R of(T spare) throws SQLException;
  }

  private final ArrayBlockingQueue<T> idle = new ArrayBlockingQueue<>(KEPT);
  private final Opener<T> opener;

  Spares(Opener<T> opener) {
    this.opener = opener;
  }

  /**
   * Lends one.
   *
   * @param use must leave nothing behind that matters to the next use; after a failure there is
   *     none
   */
  <R> R lend(Use<T, R> use) throws SQLException {
    T kept = idle.poll();
    T spare = kept == null ? opener.open() : kept;
    R result;
    try {
      result = use.of(spare);
    } catch (SQLException | RuntimeException | Error e) {
      closeAfter(e, spare);
      throw e;
    }
    if (spare.lastBytes() > SMALL_BYTES || !idle.offer(spare)) {
      spare.close();
    }
    return result;
  }

  private static void closeAfter(Throwable failure, Spare spare) {
    try {
      spare.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
