package dev.siltstone.sqlite;

import dev.siltstone.cost.RequestCost;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.folder.DurableFolders;
import dev.siltstone.folder.FolderLocks;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * {@code siltstone.db} in the folder of the embedded family: catalog, log, locks and notices. Any
 * number of processes may open it at once; it survives {@code kill -9} and power loss.
 *
 * <p>SQLite runs in WAL mode: one writer at a time over all processes, readers never wait. Each
 * instance has one writing connection, taken in turn, and a few reading ones, opened when first
 * needed; statements are prepared once per connection.
 *
 * <p>A single acknowledged write of a record costs three fsyncs in the embedded family: the delta's
 * file, the folder that names it (both by the object store), and the write-ahead log when the place
 * is filled. Reserving the place needs none: its page stands before the place in the same log, so
 * whatever makes the place durable makes the reservation durable too, and a reservation that is
 * lost with the power has nothing acknowledged behind it.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  /** The file's name in its folder. */
  public static final String FILE_NAME = "siltstone.db";

  private static final int READERS = 4;

  private final Writer writer;
  private final ReaderPool readers;

  private EmbeddedDatabase(Path file) {
    writer = new Writer(file);
    readers = new ReaderPool(file, READERS);
  }

  /** What a transaction does. It may run on any thread but must not keep the session. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Session session) throws SQLException;
  }

  /**
   * Opens the database in {@code folder}, creating both if needed.
   *
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer Siltstone has written it
   * @throws dev.siltstone.failure.CorruptDataException if the file is something else
   * @throws UnavailableException if the folder cannot be used
   */
  public static EmbeddedDatabase open(Path folder) {
    try {
      DurableFolders.create(folder);
      Path file = folder.toRealPath().resolve(FILE_NAME);
      try (var _ = new FolderLocks(folder).acquire(FILE_NAME);
          Session session = Session.forWriting(file)) {
        Schema.prepare(session, file);
      }
      DurableFolders.sync(folder);
      return new EmbeddedDatabase(file);
    } catch (SQLException e) {
      throw SqliteErrors.withoutEffect(e);
    } catch (IOException e) {
      throw new UnavailableException("cannot open the database in " + folder, e);
    }
  }

  /**
   * Reads, at one moment per statement. Sees everything that any process committed before.
   *
   * @throws UnavailableException if the file cannot be read
   */
  public <T> T read(Work<T> work) {
    RequestCost.call("Sqlite.Read");
    return readers.run(work);
  }

  /**
   * Runs a transaction that is on disk when this returns. An exception of {@code work} undoes it. A
   * transaction that changes nothing costs no fsync.
   *
   * @throws UnavailableException if it certainly had no effect
   * @throws dev.siltstone.failure.OutcomeUnknownException if the commit itself failed
   */
  public <T> T write(Work<T> work) {
    RequestCost.call("Sqlite.Write");
    return writer.run(Writer.Sync.FULL, work);
  }

  /**
   * Like {@link #write}, but without an fsync: a power loss may undo it, unless a later {@link
   * #write} of any process has returned. {@code kill -9} does not undo it.
   */
  public <T> T writeUnsynced(Work<T> work) {
    RequestCost.call("Sqlite.Write");
    return writer.run(Writer.Sync.NORMAL, work);
  }

  /** Waits for what is running and closes every connection; later calls fail. */
  @Override
  public void close() {
    try {
      readers.close();
    } finally {
      writer.close();
    }
  }
}
