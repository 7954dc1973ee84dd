package dev.siltstone.segment.filters;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.Section;
import dev.siltstone.segment.file.UnsignedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds columns by key and kind, in place. */
final class ColumnDirectory {
  private final ByteBuffer entries;
  private final ByteBuffer keys;
  private final int count;
  private final int rows;

  private ColumnDirectory(ByteBuffer bytes) {
    this.count = bytes.getInt(0);
    this.rows = bytes.getInt(4);
    int keysAt = FilterFormat.DIRECTORY_HEADER_BYTES + count * FilterFormat.DIRECTORY_ENTRY_BYTES;
    int entriesAt = FilterFormat.DIRECTORY_HEADER_BYTES;
    this.entries = bytes.slice(entriesAt, keysAt - entriesAt).order(ByteOrder.LITTLE_ENDIAN);
    this.keys = bytes.slice(keysAt, bytes.limit() - keysAt);
  }

  /**
   * Reads and checks it.
   *
   * @throws CorruptDataException if it does not match its checksum or contradicts itself
   */
  static ColumnDirectory read(Section section) {
    ByteBuffer bytes = section.readVerified();
    try {
      return new ColumnDirectory(bytes);
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptDataException(section.fileName() + ": the directory is too short", e);
    }
  }

  /** Rows of the segment. */
  int rows() {
    return rows;
  }

  /** Where a column is and how many values it has. */
  record Place(int values, long offset, int length) {}

  /** The column's place, or null if no row has a value of this kind under the key. */
  @Nullable Place find(String key, ColumnKind kind) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int compared = compare(middle * FilterFormat.DIRECTORY_ENTRY_BYTES, keyBytes, kind);
      if (compared == 0) {
        return place(middle * FilterFormat.DIRECTORY_ENTRY_BYTES);
      }
      low = compared < 0 ? middle + 1 : low;
      high = compared < 0 ? high : middle - 1;
    }
    return null;
  }

  private int compare(int entry, byte[] key, ColumnKind kind) {
    int byKey = UnsignedBytes.compare(keys, entries.getInt(entry), entries.getInt(entry + 4), key);
    return byKey != 0 ? byKey : Integer.compare(entries.getInt(entry + 8), kind.code());
  }

  private Place place(int entry) {
    return new Place(
        entries.getInt(entry + 12),
        entries.getLong(entry + 16),
        Math.toIntExact(entries.getLong(entry + 24)));
  }
}
