package dev.siltstone.segment.ids;

import dev.siltstone.segment.file.FileKind;

/** Numbers of the format; the package page has the layout. */
final class IdFormat {
  static final FileKind KIND = new FileKind("ids.idx", "SILT-IDS", 1);

  static final int PAGES = 1;
  static final int ROWS = 2;
  static final int DIRECTORY = 3;

  static final int PAGE_BYTES = 4096;
  static final int PAGE_HEADER_BYTES = 8;

  /** Where an entry's id length stands, which follows row, order key and checksum. */
  static final int ENTRY_LENGTH_AT = 32;

  static final int ENTRY_ID_AT = 34;

  private IdFormat() {}
}
