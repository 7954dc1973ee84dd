package dev.siltstone.segment.rows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One field of the block under construction. */
final class ColumnBuilder {
  private final int[] lengths = new int[RowBlocksWriter.BLOCK_ROWS];
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private int rows;
  private boolean anyPresent;

  void add(byte @Nullable [] value) {
    lengths[rows++] = value == null ? 0 : value.length + 1;
    if (value != null) {
      values.writeBytes(value);
      anyPresent = true;
    }
  }

  /** The column unpacked; empty if no row has the field. Leaves this empty for the next block. */
  byte[] takeRaw() {
    byte[] raw = anyPresent ? raw() : new byte[0];
    values.reset();
    rows = 0;
    anyPresent = false;
    return raw;
  }

  private byte[] raw() {
    ByteBuffer raw =
        ByteBuffer.allocate(rows * Integer.BYTES + values.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      raw.putInt(lengths[row]);
    }
    return raw.put(values.toByteArray()).array();
  }
}
