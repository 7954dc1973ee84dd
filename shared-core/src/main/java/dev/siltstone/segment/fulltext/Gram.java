package dev.siltstone.segment.fulltext;

/**
 * Three consecutive UTF-16 code units as one number, ordered as the units are. Every unit of a text
 * begins one; after the last unit comes a mark that is no unit, so that texts shorter than three
 * units, and the ends of others, are found by the range of grams that begin with them.
 */
final class Gram {
  static final int UNITS = 3;

  /** 65,536 units, moved up by one, and 0 for what is after the end. */
  private static final int UNIT_BITS = 17;

  private static final int LAST_UNIT = (1 << UNIT_BITS) - 1;
  private static final long MASK = (1L << (UNITS * UNIT_BITS)) - 1;

  private Gram() {}

  /** The gram that begins at {@code index}. */
  static long at(String text, int index) {
    return packed(unit(text, index, 0), unit(text, index + 1, 0), unit(text, index + 2, 0));
  }

  /** The least gram that begins with this text of one to three units. */
  static long first(String prefix) {
    return at(prefix, 0);
  }

  /** The greatest gram that begins with this text of one to three units. */
  static long last(String prefix) {
    return packed(
        unit(prefix, 0, LAST_UNIT), unit(prefix, 1, LAST_UNIT), unit(prefix, 2, LAST_UNIT));
  }

  /** The gram one unit after {@code before}, which begins there with {@code next} as third unit. */
  static long after(long before, int next) {
    return ((before << UNIT_BITS) | next) & MASK;
  }

  /** How a unit stands in a gram. */
  static int unit(char unit) {
    return unit + 1;
  }

  private static int unit(String text, int index, int beyond) {
    return index < text.length() ? unit(text.charAt(index)) : beyond;
  }

  private static long packed(int first, int second, int third) {
    return ((long) first << (2 * UNIT_BITS)) | ((long) second << UNIT_BITS) | third;
  }
}
