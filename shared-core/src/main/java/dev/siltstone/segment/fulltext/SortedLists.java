package dev.siltstone.segment.fulltext;

/** A sorted source of keys with their rows, one after another. */
interface SortedLists extends AutoCloseable {
  /** Goes to the next key; false at the end. */
  boolean advance();

  long key();

  /** How many rows the key has. */
  int count();

  /** Puts the key's rows into {@code target} from {@code at}. Once for each key. */
  void copyRows(int[] target, int at);

  @Override
  void close();
}
