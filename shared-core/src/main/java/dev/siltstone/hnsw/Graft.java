package dev.siltstone.hnsw;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An existing graph that becomes part of a new file, in which its rows have other numbers and some
 * are gone.
 */
final class Graft {
  static final int GONE = -1;

  private final GraphFile base;
  private final int[] newRows;

  /** {@code newRows} gives the new number of each row of {@code base}, or -1 where it is gone. */
  Graft(GraphFile base, int[] newRows) {
    if (!base.hasLinks() || newRows.length != base.size()) {
      throw new IllegalArgumentException(
          "%d new rows for %d rows with M = %d"
              .formatted(newRows.length, base.size(), base.maxNeighbors()));
    }
    this.base = base;
    this.newRows = newRows.clone();
  }

  GraphFile base() {
    return base;
  }

  /** The new number of a row of the base, or {@link #GONE}. */
  int newRow(int row) {
    return newRows[row];
  }

  /** Puts the level that each carried row had at its new number. */
  void putLevels(int[] levels) {
    Links links = base.links();
    for (int row = 0; row < newRows.length; row++) {
      if (newRows[row] != GONE) {
        levels[newRows[row]] = links.level(row);
      }
    }
  }

  /** The base's entry or, if that is gone, the first of its highest rows left. */
  GraphEntry entry() {
    Links links = base.links();
    int entry = base.header().entryRow();
    if (newRows[entry] == GONE) {
      entry =
          IntStream.range(0, newRows.length)
              .filter(row -> newRows[row] != GONE)
              .reduce((a, b) -> links.level(b) > links.level(a) ? b : a)
              .orElse(GONE);
    }
    return entry == GONE ? GraphEntry.EMPTY : new GraphEntry(newRows[entry], links.level(entry));
  }

  /** Which rows of the new file the base does not have. */
  IntStream newcomers(int rows) {
    boolean[] carried = new boolean[rows];
    Arrays.stream(newRows).filter(row -> row != GONE).forEach(row -> carried[row] = true);
    return IntStream.range(0, rows).filter(row -> !carried[row]);
  }
}
