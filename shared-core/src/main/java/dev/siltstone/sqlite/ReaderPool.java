package dev.siltstone.sqlite;

import dev.siltstone.sqlite.EmbeddedDatabase.Work;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** A few reading connections, opened when first needed; the one used last is used next. */
final class ReaderPool implements AutoCloseable {
  private final Path file;
  private final int size;
  private final Semaphore free;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ReaderPool(Path file, int size) {
    this.file = file;
    this.size = size;
    this.free = new Semaphore(size);
  }

  <T> T run(Work<T> work) {
    free.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the database is closed");
      }
      return read(work);
    } catch (SQLException e) {
      throw SqliteErrors.withoutEffect(e);
    } finally {
      free.release();
    }
  }

  private <T> T read(Work<T> work) throws SQLException {
    Session session = idle.pollFirst();
    if (session == null) {
      session = Session.forReading(file);
    }
    try {
      return work.on(session);
    } catch (SQLException e) {
      Sessions.closeAfter(e, session);
      session = null;
      throw e;
    } finally {
      if (session != null) {
        idle.addFirst(session);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    free.acquireUninterruptibly(size);
    try {
      for (Session session = idle.poll(); session != null; session = idle.poll()) {
        Sessions.close(session);
      }
    } finally {
      free.release(size);
    }
  }
}
