package dev.siltstone.segment.rows;

/** A column of a block, in the order in which they are stored. */
enum RowField {
  DOCUMENT(0),
  URI(1),
  METADATA(2);

  static final int COUNT = 3;

  /** Bytes of a field's two lengths in a block's header. */
  static final int LENGTHS_BYTES = 2 * Integer.BYTES;

  /** Bytes of a block before its first column. */
  static final int BLOCK_HEADER_BYTES = RowFormat.CRC_BYTES + COUNT * LENGTHS_BYTES;

  private final int position;

  RowField(int position) {
    this.position = position;
  }

  /** Its place among a block's columns. */
  int position() {
    return position;
  }

  int storedLengthAt() {
    return RowFormat.CRC_BYTES + position * LENGTHS_BYTES;
  }

  int rawLengthAt() {
    return storedLengthAt() + Integer.BYTES;
  }
}
