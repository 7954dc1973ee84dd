package dev.siltstone.segment.filters;

import dev.siltstone.segment.file.FileKind;

/** Numbers of the format; the package page has the layout. */
final class FilterFormat {
  static final FileKind KIND = new FileKind("filters.idx", "SILT-FLT", 1);

  static final int BITMAPS = 1;
  static final int COLUMNS = 2;
  static final int DIRECTORY = 3;

  static final int DIRECTORY_HEADER_BYTES = 8;
  static final int DIRECTORY_ENTRY_BYTES = 32;

  /** Set in a value's rows when they are the offset of a bitmap. */
  static final int BITMAP_FLAG = 1 << 31;

  private FilterFormat() {}
}
