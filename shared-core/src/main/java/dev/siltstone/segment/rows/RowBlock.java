package dev.siltstone.segment.rows;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataCodec;
import dev.siltstone.record.Utf8;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A block in memory; a column is unpacked when it is first asked for. Belongs to one thread. */
final class RowBlock {
  private final ByteBuffer bytes;
  private final int firstRow;
  private final int rows;
  private final Unpacker unpacker;
  private final @Nullable Column[] columns = new @Nullable Column[RowField.COUNT];

  /**
   * @param bytes the block as stored
   * @throws CorruptDataException if it does not match its checksum
   */
  RowBlock(ByteBuffer bytes, int firstRow, int rows, Unpacker unpacker) {
    this.bytes = bytes;
    this.firstRow = firstRow;
    this.rows = rows;
    this.unpacker = unpacker;
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(RowFormat.CRC_BYTES, bytes.limit() - RowFormat.CRC_BYTES));
    if ((int) crc.getValue() != bytes.getInt(0)) {
      throw new CorruptDataException(
          "the block of rows %d to %d does not match its checksum"
              .formatted(firstRow, firstRow + rows - 1));
    }
  }

  boolean holds(int row) {
    return row >= firstRow && row < firstRow + rows;
  }

  @Nullable String document(int row) {
    return text(RowField.DOCUMENT, row);
  }

  @Nullable String uri(int row) {
    return text(RowField.URI, row);
  }

  Metadata metadata(int row) {
    ByteBuffer value = column(RowField.METADATA).value(row - firstRow);
    return value == null ? Metadata.NONE : MetadataCodec.decode(value);
  }

  private @Nullable String text(RowField field, int row) {
    ByteBuffer value = column(field).value(row - firstRow);
    return value == null ? null : Utf8.decode(value, 0, value.limit());
  }

  private Column column(RowField field) {
    Column known = columns[field.position()];
    if (known == null) {
      known = unpacked(field);
      columns[field.position()] = known;
    }
    return known;
  }

  private Column unpacked(RowField field) {
    int start = RowField.BLOCK_HEADER_BYTES;
    for (int at = RowField.DOCUMENT.storedLengthAt();
        at < field.storedLengthAt();
        at += RowField.LENGTHS_BYTES) {
      start += bytes.getInt(at);
    }
    byte[] stored = new byte[bytes.getInt(field.storedLengthAt())];
    bytes.get(start, stored);
    int rawLength = bytes.getInt(field.rawLengthAt());
    byte[] raw = stored.length == rawLength ? stored : unpacker.unpack(stored, rawLength);
    return new Column(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN), rows);
  }

  /** An unpacked column; empty bytes mean that no row has the field. */
  private record Column(ByteBuffer raw, int rows) {
    @Nullable ByteBuffer value(int index) {
      if (raw.limit() == 0) {
        return null;
      }
      int start = rows * Integer.BYTES;
      for (int before = 0; before < index; before++) {
        start += Math.max(0, raw.getInt(before * Integer.BYTES) - 1);
      }
      int length = raw.getInt(index * Integer.BYTES) - 1;
      return length < 0 ? null : raw.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
