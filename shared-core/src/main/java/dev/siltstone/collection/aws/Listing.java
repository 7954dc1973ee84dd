package dev.siltstone.collection.aws;

/** Paging by limit and offset over listings that are read from their start. */
final class Listing {
  private Listing() {}

  /** How many entries to read so that a page can be cut from them. */
  static int end(int limit, int offset) {
    return limit == 0 ? 0 : (int) Math.min((long) limit + offset, Integer.MAX_VALUE);
  }
}
