package dev.siltstone.hnsw;

import dev.siltstone.distance.QueryScorer;
import java.util.Arrays;

/**
 * Rows that a search has met, with estimated distances, of which those are compared whole that may
 * be among the nearest: the nearest by estimates, and all that estimates cannot tell from them. So
 * what is offered in the end is exact. Reusable, belongs to one thread; allocates only to grow.
 */
final class Shortlist {
  private static final int ROOM = 256;

  private final QueryScorer query;
  private final TopK nearest = new TopK(0);
  private final int[] rows = new int[QueryScorer.GROUP];
  private final float[] distances = new float[QueryScorer.GROUP];
  private TopK into = nearest;
  private long[] met = new long[ROOM];
  private int size;
  private int highestRow;
  private float limit;

  Shortlist(QueryScorer query) {
    this.query = query;
  }

  /** Begins a search, whose query is prepared, for as many rows as there is room for. */
  void begin(TopK target) {
    into = target;
    nearest.reset(target.limit());
    size = 0;
    highestRow = -1;
    limit = query.reach(target.bound());
  }

  /** Takes a row in, unless it cannot be among the nearest. */
  void offer(int row, float estimate) {
    highestRow = Math.max(highestRow, row);
    if (!query.estimates()) {
      into.offer(row, estimate);
    } else if (!(estimate > limit)) { // NaN says nothing
      if (size == met.length) {
        makeRoom();
      }
      met[size++] = RankedRow.of(row, estimate);
      nearest.offer(row, estimate);
      limit = Math.min(limit, query.reach(query.reach(nearest.bound())));
    }
  }

  /** The highest row that was offered, -1 if there was none. */
  int highestRow() {
    return highestRow;
  }

  /**
   * Compares whole what may be among the nearest, and offers it: the nearest by estimates first,
   * since the distances found rule out most of the others.
   */
  void settle() {
    Arrays.sort(met, 0, size);
    int group = 0;
    for (int i = 0; i < size; i++) {
      if (!(RankedRow.distance(met[i]) > limit)) {
        rows[group++] = RankedRow.row(met[i]);
      }
      if (group == QueryScorer.GROUP || (group > 0 && i == size - 1)) {
        compare(group);
        group = 0;
      }
    }
    size = 0;
  }

  private void compare(int count) {
    query.score(rows, count, distances);
    for (int i = 0; i < count; i++) {
      into.offer(rows[i], distances[i]);
    }
    limit = Math.min(limit, query.reach(into.bound()));
  }

  private void makeRoom() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!(RankedRow.distance(met[i]) > limit)) {
        met[kept++] = met[i];
      }
    }
    size = kept;
    if (2 * size > met.length) {
      met = Arrays.copyOf(met, 2 * met.length);
    }
  }
}
