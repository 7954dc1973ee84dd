package dev.siltstone.segment.rows;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Which block holds a row, and where it is. */
final class BlockTable {
  private final int blocks;
  private final ByteBuffer offsets;
  private final ByteBuffer firstRows;

  private BlockTable(ByteBuffer bytes) {
    this.blocks = bytes.getInt(0);
    int offsetBytes = (blocks + 1) * Long.BYTES;
    this.offsets = part(bytes, RowFormat.TABLE_HEADER_BYTES, offsetBytes);
    this.firstRows =
        part(bytes, RowFormat.TABLE_HEADER_BYTES + offsetBytes, (blocks + 1) * Integer.BYTES);
  }

  /**
   * Reads and checks it.
   *
   * @throws CorruptDataException if it does not match its checksum or contradicts itself
   */
  static BlockTable read(Section section) {
    ByteBuffer bytes = section.readVerified();
    try {
      return new BlockTable(bytes);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new CorruptDataException(section.fileName() + ": the block table is too short", e);
    }
  }

  int rows() {
    return firstRow(blocks);
  }

  int blockOf(int row) {
    if (row < 0 || row >= rows()) {
      throw new IndexOutOfBoundsException("row %d of %d".formatted(row, rows()));
    }
    int low = 0;
    int high = blocks - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firstRow(middle) <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  int firstRow(int block) {
    return firstRows.getInt(block * Integer.BYTES);
  }

  long start(int block) {
    return offsets.getLong(block * Long.BYTES);
  }

  int length(int block) {
    return Math.toIntExact(start(block + 1) - start(block));
  }

  private static ByteBuffer part(ByteBuffer bytes, int from, int length) {
    return bytes.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
