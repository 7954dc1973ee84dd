package dev.siltstone.segment.filters;

import dev.siltstone.segment.file.UnsignedBytes;
import java.nio.ByteBuffer;

/** A column of strings, in place. */
final class StringColumn {
  private final ByteBuffer bytes;
  private final int values;
  private final int rowsAt;
  private final int textAt;

  StringColumn(ByteBuffer bytes, int values) {
    this.bytes = bytes;
    this.values = values;
    this.rowsAt = (values + 1) * Integer.BYTES;
    this.textAt = rowsAt + values * Integer.BYTES;
  }

  /** The place of a value, or −1 if no row has it. */
  int find(byte[] key) {
    int low = 0;
    int high = values - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int compared = compare(middle, key);
      if (compared == 0) {
        return middle;
      }
      low = compared < 0 ? middle + 1 : low;
      high = compared < 0 ? high : middle - 1;
    }
    return -1;
  }

  int rowsAt(int place) {
    return bytes.getInt(rowsAt + place * Integer.BYTES);
  }

  private int compare(int place, byte[] key) {
    int start = bytes.getInt(place * Integer.BYTES);
    int end = bytes.getInt((place + 1) * Integer.BYTES);
    return UnsignedBytes.compare(bytes, textAt + start, end - start, key);
  }
}
