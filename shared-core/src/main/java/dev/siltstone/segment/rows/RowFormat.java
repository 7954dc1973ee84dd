package dev.siltstone.segment.rows;

import dev.siltstone.segment.file.FileKind;

/** Numbers of the format; the package page has the layout. */
final class RowFormat {
  static final FileKind KIND = new FileKind("rows.blk", "SILT-ROW", 1);

  static final int BLOCKS = 1;
  static final int TABLE = 2;

  static final int CRC_BYTES = 4;
  static final int TABLE_HEADER_BYTES = 8;

  private RowFormat() {}
}
