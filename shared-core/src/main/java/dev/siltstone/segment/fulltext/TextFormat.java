package dev.siltstone.segment.fulltext;

import dev.siltstone.segment.file.FileKind;

/** Numbers of the format; the package page has the layout. */
final class TextFormat {
  static final FileKind KIND = new FileKind("text.idx", "SILT-TXT", 1);

  /** The first of three sections each. */
  static final int GRAMS = 1;

  static final int TERMS = 4;

  static final int LENGTHS = 7;
  static final int STATISTICS = 8;
  static final int STATISTICS_BYTES = 16;

  /** Places of an index's sections after its first. */
  static final int LISTS = 0;

  static final int DICTIONARY = 1;
  static final int DIRECTORY = 2;

  /** Keys of a block of the dictionary. */
  static final int BLOCK_KEYS = 64;

  static final int DIRECTORY_HEADER_BYTES = 8;
  static final int DIRECTORY_ENTRY_BYTES = 24;

  private TextFormat() {}
}
