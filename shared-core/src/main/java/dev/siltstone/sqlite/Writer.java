package dev.siltstone.sqlite;

import dev.siltstone.sqlite.EmbeddedDatabase.Work;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The writing connection of one instance: transactions one after another. */
final class Writer implements AutoCloseable {
  /** SQLite's {@code synchronous}: FULL syncs the write-ahead log at each commit. */
  enum Sync {
    NORMAL,
    FULL
  }

  private final Path file;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable Session session;
  private Sync current = Sync.FULL;
  private boolean closed;

  Writer(Path file) {
    this.file = file;
  }

  <T> T run(Sync sync, Work<T> work) {
    turn.lock();
    try {
      Session open = begin(sync);
      T result = attempt(open, work);
      commit(open);
      return result;
    } finally {
      turn.unlock();
    }
  }

  private Session begin(Sync sync) {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    try {
      Session open = session;
      if (open == null) {
        open = Session.forWriting(file);
        session = open;
        current = Sync.FULL;
      }
      if (sync != current) {
        open.execute("PRAGMA synchronous = " + sync);
        current = sync;
      }
      // IMMEDIATE: waits for other processes here, where nothing has happened yet.
      open.control("BEGIN IMMEDIATE");
      return open;
    } catch (SQLException e) {
      throw SqliteErrors.withoutEffect(e);
    }
  }

  private <T> T attempt(Session open, Work<T> work) {
    boolean done = false;
    try {
      T result = work.on(open);
      done = true;
      return result;
    } catch (SQLException e) {
      throw SqliteErrors.withoutEffect(e);
    } finally {
      if (!done) {
        rollback(open);
      }
    }
  }

  private void commit(Session open) {
    try {
      open.control("COMMIT");
    } catch (SQLException e) {
      rollback(open);
      throw SqliteErrors.ofCommit(e);
    }
  }

  /** SQLite has rolled back by itself after some errors; then a fresh connection is the way on. */
  private void rollback(Session open) {
    try {
      open.control("ROLLBACK");
    } catch (SQLException e) {
      session = null;
      Sessions.closeAfter(e, open);
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      if (session != null) {
        Sessions.close(session);
        session = null;
      }
    } finally {
      turn.unlock();
    }
  }
}
