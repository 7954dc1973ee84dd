package dev.siltstone.segment.rows;

/** A column of a block, in the order in which they are stored. */
enum RowField {
  DOCUMENT,
  URI,
  METADATA;

  static final int COUNT = values().length;

  /** Bytes of a block before its first column. */
  static final int BLOCK_HEADER_BYTES = RowFormat.CRC_BYTES + COUNT * 2 * Integer.BYTES;

  int storedLengthAt() {
    return RowFormat.CRC_BYTES + ordinal() * 2 * Integer.BYTES;
  }

  int rawLengthAt() {
    return storedLengthAt() + Integer.BYTES;
  }
}
