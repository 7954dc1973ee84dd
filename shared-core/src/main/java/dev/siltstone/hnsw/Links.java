package dev.siltstone.hnsw;

import dev.siltstone.distance.SplitRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The links between rows, in a mapped file: who is whose neighbor on which level. */
final class Links {
  /** Ends a list that is not full. */
  static final int NONE = -1;

  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment file;
  private final int maxNeighbors;
  private final SplitRows places;
  private final long levels;
  private final long upperIndex;
  private final long upperLists;

  Links(MemorySegment file, GraphLayout layout) {
    this.file = file;
    this.maxNeighbors = layout.maxNeighbors();
    this.places = layout.places();
    this.levels = layout.levelsOffset();
    this.upperIndex = layout.upperIndexOffset();
    this.upperLists = layout.upperListsOffset();
  }

  /** Most links of a row on a level. */
  int capacity(int level) {
    return level == 0 ? 2 * maxNeighbors : maxNeighbors;
  }

  /** The highest level on which a row lives. */
  int level(int row) {
    return file.get(ValueLayout.JAVA_BYTE, levels + row);
  }

  /** Where a row's list lies, for {@link #at}. */
  long list(int row, int level) {
    if (level == 0) {
      return places.node(row);
    }
    long first = file.get(INT, upperIndex + 4L * row);
    return upperLists + (first + level - 1) * maxNeighbors * Integer.BYTES;
  }

  /** The row at a place of a list, or {@link #NONE} at its end. */
  int at(long list, int place) {
    return file.get(INT, list + 4L * place);
  }

  void put(long list, int place, int row) {
    file.set(INT, list + 4L * place, row);
  }

  /** Copies a list into {@code rows}; says how long it is. */
  int read(int row, int level, int[] rows) {
    long list = list(row, level);
    int capacity = capacity(level);
    int size = 0;
    while (size < capacity) {
      int neighbor = at(list, size);
      if (neighbor == NONE) {
        break;
      }
      rows[size++] = neighbor;
    }
    return size;
  }

  /** Replaces a list. */
  void write(int row, int level, int[] rows, int size) {
    long list = list(row, level);
    int capacity = capacity(level);
    for (int place = 0; place < capacity; place++) {
      put(list, place, place < size ? rows[place] : NONE);
    }
  }

  /** Gives a row its level and, above level 0, empty lists from number {@code firstList} on. */
  void place(int row, int level, int firstList) {
    file.set(ValueLayout.JAVA_BYTE, levels + row, (byte) level);
    file.set(INT, upperIndex + 4L * row, level == 0 ? NONE : firstList);
    for (int upper = 1; upper <= level; upper++) {
      write(row, upper, new int[0], 0);
    }
  }
}
