package dev.siltstone.segment.fulltext;

/** Takes keys in ascending order, each with its rows. */
interface RowListSink {
  /** The rows stand ascending, each once, in {@code rows} from {@code from} up to {@code to}. */
  void accept(long key, int[] rows, int from, int to);
}
