package dev.siltstone.segment.filters;

import java.util.Arrays;

/** Pairs of a value's number and a row, in the order of rows, to be grouped by value. */
final class RowLists {
  private int[] numbers = new int[8];
  private int[] rows = new int[8];
  private int count;

  void add(int number, int row) {
    if (count == rows.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
      rows = Arrays.copyOf(rows, count * 2);
    }
    numbers[count] = number;
    rows[count++] = row;
  }

  int size() {
    return count;
  }

  /** Per value number its rows, ascending; a row stands twice if it was added twice. */
  int[][] grouped(int numberOfValues) {
    int[] sizes = new int[numberOfValues];
    for (int i = 0; i < count; i++) {
      sizes[numbers[i]]++;
    }
    int[][] grouped = new int[numberOfValues][];
    Arrays.setAll(grouped, number -> new int[sizes[number]]);
    for (int i = count - 1; i >= 0; i--) {
      grouped[numbers[i]][--sizes[numbers[i]]] = rows[i];
    }
    return grouped;
  }
}
