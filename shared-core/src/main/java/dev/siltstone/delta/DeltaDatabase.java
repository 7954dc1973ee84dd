package dev.siltstone.delta;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/** The SQLite database in a delta: made and read in memory. */
final class DeltaDatabase {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  // Offsets in SQLite's own header (https://sqlite.org/fileformat2.html, 1.3).
  private static final int HEADER_BYTES = 100;
  private static final int JOURNAL_VERSIONS = 18;
  private static final int TEXT_ENCODING = 56;
  private static final int USER_VERSION = 60;
  private static final int APPLICATION_ID = 68;
  private static final short ROLLBACK_JOURNAL = 0x0101;
  private static final int UTF_8 = 1;

  /** What SQLite answers because of the bytes; everything else says nothing about them. */
  private static final Set<SQLiteErrorCode> CAUSED_BY_BYTES =
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR,
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_TOOBIG,
          SQLiteErrorCode.SQLITE_MISMATCH,
          SQLiteErrorCode.SQLITE_FORMAT,
          SQLiteErrorCode.SQLITE_NOTADB);

  private static final Spares<DatabaseWriter> WRITERS = new Spares<>(DatabaseWriter::open);
  private static final Spares<DatabaseReader> READERS = new Spares<>(DatabaseReader::open);

  private DeltaDatabase() {}

  static byte[] write(Delta delta) {
    try {
      return WRITERS.lend(writer -> writer.write(delta));
    } catch (SQLException e) {
      throw new UnavailableException("Delta %s could not be encoded".formatted(delta.id()), e);
    }
  }

  static Delta read(byte[] database) {
    return read(database, READERS);
  }

  static Delta read(byte[] database, Spares<DatabaseReader> readers) {
    checkHeader(database);
    try {
      return readers.lend(reader -> reader.read(database));
    } catch (SQLException e) {
      throw judged(e);
    }
  }

  private static void checkHeader(byte[] database) {
    if (database.length < HEADER_BYTES
        || !Arrays.equals(Arrays.copyOf(database, MAGIC.length), MAGIC)) {
      throw new CorruptDataException("A delta holds something that is not a SQLite database");
    }
    ByteBuffer header = ByteBuffer.wrap(database);
    int application = header.getInt(APPLICATION_ID);
    int version = header.getInt(USER_VERSION);
    if (application != DeltaSchema.APPLICATION_ID || version != DeltaHeader.VERSION) {
      throw new CorruptDataException(
          "A delta's database has application_id %08x and user_version %d, expected %08x and %d"
              .formatted(application, version, DeltaSchema.APPLICATION_ID, DeltaHeader.VERSION));
    }
    if (header.getInt(TEXT_ENCODING) != UTF_8) {
      throw new CorruptDataException("A delta's database is not in UTF-8");
    }
    if (header.getShort(JOURNAL_VERSIONS) != ROLLBACK_JOURNAL) {
      throw new CorruptDataException("A delta's database is in WAL mode: it is not self-contained");
    }
  }

  static SQLiteConnection open() throws SQLException {
    return (SQLiteConnection) new SQLiteConfig().createConnection("jdbc:sqlite::memory:");
  }

  private static SiltstoneException judged(SQLException e) {
    int primary = e.getErrorCode() & 0xff;
    return CAUSED_BY_BYTES.contains(SQLiteErrorCode.getErrorCode(primary))
        ? new CorruptDataException("A delta's database cannot be read: " + e.getMessage(), e)
        : new UnavailableException("SQLite failed while reading a delta", e);
  }
}
