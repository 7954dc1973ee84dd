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
  private TopK into = nearest;
  private int[] rows = new int[ROOM + QueryScorer.GROUP];
  private float[] estimates = new float[ROOM + QueryScorer.GROUP];
  private int size;
  private float limit;

  Shortlist(QueryScorer query) {
    this.query = query;
  }

  /** Begins a search, whose query is prepared, for as many rows as there is room for. */
  void begin(TopK target) {
    into = target;
    nearest.reset(target.limit());
    size = 0;
    limit = query.reach(target.bound());
  }

  /** A row with a greater estimate is not among the nearest. */
  float limit() {
    return limit;
  }

  /** Takes a row in, unless it cannot be among the nearest. */
  void offer(int row, float estimate) {
    if (!query.estimates()) {
      into.offer(row, estimate);
    } else if (!(estimate > limit)) { // NaN says nothing
      if (size == rows.length - QueryScorer.GROUP) {
        makeRoom();
      }
      rows[size] = row;
      estimates[size++] = estimate;
      nearest.offer(row, estimate);
      limit = Math.min(limit, query.reach(nearest.bound()));
    }
  }

  /** Compares whole what may be among the nearest, and offers it. */
  void settle() {
    dropFar();
    query.score(rows, size, estimates);
    for (int i = 0; i < size; i++) {
      into.offer(rows[i], estimates[i]);
    }
    size = 0;
  }

  private void makeRoom() {
    dropFar();
    if (2 * size > rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
      estimates = Arrays.copyOf(estimates, rows.length);
    }
  }

  private void dropFar() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!(estimates[i] > limit)) {
        rows[kept] = rows[i];
        estimates[kept++] = estimates[i];
      }
    }
    size = kept;
  }
}
