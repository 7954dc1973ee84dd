package dev.siltstone.hnsw;

/**
 * The nearest rows that a search has met, in order, each marked once its neighbors have been looked
 * at: the paper's candidates and results in one sorted array of at most ef places. What falls off
 * its end could not have been looked at any more. Reusable, belongs to one thread.
 */
final class CandidatePool {
  /** Set in a ranked row, whose own sign bit is free, once its neighbors have been looked at. */
  private static final long EXPANDED = 1L << 31;

  private long[] ranked = new long[256];
  private int limit;
  private int size;
  private int next;

  /** Forgets everything and takes another ef. */
  void reset(int ef) {
    if (ef > ranked.length) {
      ranked = new long[ef];
    }
    limit = ef;
    size = 0;
    next = 0;
  }

  int size() {
    return size;
  }

  /** What stands at a place, nearest first, as {@link RankedRow}. */
  long get(int place) {
    return ranked[place] & ~EXPANDED;
  }

  void offer(int row, float distance) {
    long entry = RankedRow.of(row, distance);
    if (size == limit) {
      if (entry >= ranked[size - 1]) {
        return;
      }
      size--;
    }
    int place = placeOf(entry);
    System.arraycopy(ranked, place, ranked, place + 1, size - place);
    ranked[place] = entry;
    size++;
    next = Math.min(next, place);
  }

  /** The first place whose entry is greater. */
  private int placeOf(long entry) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranked[middle] < entry) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The nearest row whose neighbors are still to be looked at, marked; or {@link Links#NONE}. */
  int expandNext() {
    while (next < size) {
      long entry = ranked[next];
      if ((entry & EXPANDED) == 0) {
        ranked[next++] = entry | EXPANDED;
        return RankedRow.row(entry);
      }
      next++;
    }
    return Links.NONE;
  }
}
