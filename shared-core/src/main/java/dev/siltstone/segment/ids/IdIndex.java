package dev.siltstone.segment.ids;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.Utf8;
import dev.siltstone.segment.file.ByteRange;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.file.FramedFile;
import dev.siltstone.segment.file.Section;
import dev.siltstone.segment.file.UnsignedBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An {@code ids.idx} opened for reading, mapped or by range. Opening reads the end of the file; the
 * first lookup reads the directory (under two bytes a row), each lookup of an id that is there one
 * page. Ids are compared whole. Safe for any number of threads.
 *
 * <p>Methods throw {@link CorruptDataException} where bytes do not match their checksums.
 */
public final class IdIndex implements AutoCloseable {
  private static final long TAIL_BYTES = 1 << 12;
  private static final long DIRECTORY_BYTES_PER_ROW = 2;

  private final FramedFile file;
  private final Section pages;
  private final Section rowTable;
  private volatile @Nullable PageDirectory directory;

  private IdIndex(FramedFile file) {
    this.file = file;
    this.pages = file.section(IdFormat.PAGES);
    this.rowTable = file.section(IdFormat.ROWS);
  }

  /**
   * Opens the file and takes over the source.
   *
   * @throws CorruptDataException if it is damaged or truncated
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer writer made it
   */
  public static IdIndex open(ByteSource source) {
    return new IdIndex(FramedFile.open(IdFormat.KIND, source));
  }

  /** So many last bytes of a file with these rows hold all that opening and finding need. */
  public static long tailBytes(int rows) {
    return TAIL_BYTES + (long) rows * DIRECTORY_BYTES_PER_ROW;
  }

  /** Number of rows. */
  public int rows() {
    return (int) (rowTable.length() / Integer.BYTES);
  }

  /** What is known about the record, or null if it is not in this segment. */
  public @Nullable IdEntry find(RecordId id) {
    byte[] bytes = id.value().getBytes(StandardCharsets.UTF_8);
    PageDirectory pageDirectory = directory();
    if (!pageDirectory.mayContain(bytes)) {
      return null;
    }
    IdEntry entry = findInPage(pageDirectory.pageOf(bytes), bytes);
    return entry != null && entry.id().equals(id) ? entry : null;
  }

  /** What {@link #find} will read of the file for an id; nothing if the id is not in it. */
  public Optional<ByteRange> rangeOf(RecordId id) {
    byte[] bytes = id.value().getBytes(StandardCharsets.UTF_8);
    PageDirectory pageDirectory = directory();
    if (!pageDirectory.mayContain(bytes)) {
      return Optional.empty();
    }
    int page = pageDirectory.pageOf(bytes);
    return Optional.of(pages.range(pageDirectory.pageStart(page), pageDirectory.pageLength(page)));
  }

  /** The entry of a row, without its page's checksum being looked at. */
  public IdEntry entry(int row) {
    long at = entryOffset(row);
    ByteBuffer head = pages.read(at, IdFormat.ENTRY_ID_AT);
    int idLength = Short.toUnsignedInt(head.getShort(IdFormat.ENTRY_LENGTH_AT));
    return decode(pages.read(at, IdFormat.ENTRY_ID_AT + idLength), 0);
  }

  public RecordId id(int row) {
    long at = entryOffset(row);
    int length =
        Short.toUnsignedInt(pages.read(at + IdFormat.ENTRY_LENGTH_AT, Short.BYTES).getShort(0));
    return new RecordId(Utf8.decode(pages.read(at + IdFormat.ENTRY_ID_AT, length), 0, length));
  }

  public OrderKey order(int row) {
    return order(pages.read(entryOffset(row), IdFormat.ENTRY_ID_AT), 0);
  }

  public RecordChecksum checksum(int row) {
    return checksum(pages.read(entryOffset(row), IdFormat.ENTRY_ID_AT), 0);
  }

  /** Reads everything and checks it, page by page. */
  public void verify() {
    file.verify();
  }

  @Override
  public void close() {
    file.close();
  }

  private PageDirectory directory() {
    PageDirectory known = directory;
    if (known == null) {
      known = PageDirectory.read(file.section(IdFormat.DIRECTORY));
      directory = known;
    }
    return known;
  }

  private long entryOffset(int row) {
    return Integer.toUnsignedLong(
        rowTable.read((long) row * Integer.BYTES, Integer.BYTES).getInt(0));
  }

  private @Nullable IdEntry findInPage(int page, byte[] id) {
    ByteBuffer bytes = readPage(page);
    int entries = bytes.getInt(4);
    int at = IdFormat.PAGE_HEADER_BYTES;
    for (int i = 0; i < entries; i++) {
      int length = Short.toUnsignedInt(bytes.getShort(at + IdFormat.ENTRY_LENGTH_AT));
      int compared = UnsignedBytes.compare(bytes, at + IdFormat.ENTRY_ID_AT, length, id);
      if (compared >= 0) {
        return compared == 0 ? decode(bytes, at) : null;
      }
      at += IdFormat.ENTRY_ID_AT + length;
    }
    return null;
  }

  private ByteBuffer readPage(int page) {
    PageDirectory pageDirectory = directory();
    ByteBuffer bytes = pages.read(pageDirectory.pageStart(page), pageDirectory.pageLength(page));
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(4, bytes.limit() - 4));
    if ((int) crc.getValue() != bytes.getInt(0)) {
      throw new CorruptDataException(
          "%s: page %d does not match its checksum".formatted(file.name(), page));
    }
    return bytes;
  }

  private static IdEntry decode(ByteBuffer bytes, int at) {
    int length = Short.toUnsignedInt(bytes.getShort(at + IdFormat.ENTRY_LENGTH_AT));
    return new IdEntry(
        new RecordId(Utf8.decode(bytes, at + IdFormat.ENTRY_ID_AT, length)),
        bytes.getInt(at),
        order(bytes, at),
        checksum(bytes, at));
  }

  private static OrderKey order(ByteBuffer bytes, int at) {
    return new OrderKey(bytes.getLong(at + 4), bytes.getInt(at + 12));
  }

  private static RecordChecksum checksum(ByteBuffer bytes, int at) {
    return new RecordChecksum(bytes.getLong(at + 16), bytes.getLong(at + 24));
  }
}
