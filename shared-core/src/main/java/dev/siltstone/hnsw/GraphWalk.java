package dev.siltstone.hnsw;

import dev.siltstone.distance.QueryScorer;
import org.jspecify.annotations.Nullable;

/**
 * Walks a graph towards a query, by estimated distances: the paper's SEARCH-LAYER. Prepare the
 * query in the scorer first. Reusable, allocates nothing per walk, belongs to one thread.
 */
final class GraphWalk {
  private final Links links;
  private final QueryScorer query;
  private final RowSet visited;
  private final CandidatePool pool = new CandidatePool();
  private final Frontier frontier = new Frontier();
  private final int[] rows;
  private final float[] distances;

  GraphWalk(Links links, QueryScorer query) {
    this.links = links;
    this.query = query;
    this.visited = new RowSet(query.table().rows());
    this.rows = new int[links.capacity(0) + QueryScorer.GROUP];
    this.distances = new float[rows.length];
  }

  /** What the last {@link #explore} found. */
  CandidatePool found() {
    return pool;
  }

  /**
   * Goes to the nearest neighbor again and again, on each level from {@code from} down to above
   * {@code to}.
   */
  int descend(int entry, int from, int to) {
    int nearest = entry;
    float best = distance(entry);
    for (int level = from; level > to; level--) {
      int start;
      do {
        start = nearest;
        int count = links.read(start, level, rows);
        query.estimate(rows, count, distances);
        for (int i = 0; i < count; i++) {
          if (distances[i] < best) {
            best = distances[i];
            nearest = rows[i];
          }
        }
      } while (nearest != start);
    }
    return nearest;
  }

  private float distance(int row) {
    rows[0] = row;
    query.estimate(rows, 1, distances);
    return distances[0];
  }

  /** Finds the {@code ef} nearest rows of a level, as far as links lead from {@code entry}. */
  void explore(int entry, int level, int ef) {
    explore(entry, level, ef, null);
  }

  /** The same on level 0; offers all that it meets to {@code met}. */
  void explore(int entry, int ef, Shortlist met) {
    explore(entry, 0, ef, met);
  }

  private void explore(int entry, int level, int ef, @Nullable Shortlist met) {
    visited.clear();
    pool.reset(ef);
    visited.add(entry);
    rows[0] = entry;
    int count = 1;
    int row = entry;
    while (row != Links.NONE) {
      query.estimate(rows, count, distances);
      for (int i = 0; i < count; i++) {
        pool.offer(rows[i], distances[i]);
        if (met != null) {
          met.offer(rows[i], distances[i]);
        }
      }
      row = pool.expandNext();
      count = row == Links.NONE ? 0 : unvisitedNeighbors(row, level);
    }
  }

  /**
   * Offers rows of level 0 that {@code admitted} holds to {@code met}, walking through all others,
   * until it has met {@code nearest.limit()} of them and no nearer one can follow. The rarer they
   * are the longer the walk; its recall does not suffer.
   */
  void exploreAdmitted(int entry, RowSet admitted, TopK nearest, Shortlist met) {
    visited.clear();
    frontier.clear();
    visited.add(entry);
    rows[0] = entry;
    query.estimate(rows, 1, distances);
    meet(1, admitted, nearest, met);
    while (!frontier.isEmpty() && !(frontier.nearestDistance() > nearest.bound())) {
      int count = unvisitedNeighbors(frontier.removeNearest(), 0);
      query.estimate(rows, count, distances);
      meet(count, admitted, nearest, met);
    }
  }

  private void meet(int count, RowSet admitted, TopK nearest, Shortlist met) {
    for (int i = 0; i < count; i++) {
      boolean isAdmitted = admitted.contains(rows[i]);
      if (isAdmitted) {
        met.offer(rows[i], distances[i]);
      }
      if (!(distances[i] > nearest.bound())) { // NaN goes on, behind all others
        frontier.add(rows[i], distances[i]);
        if (isAdmitted) {
          nearest.offer(rows[i], distances[i]);
        }
      }
    }
  }

  private int unvisitedNeighbors(int row, int level) {
    long list = links.list(row, level);
    int capacity = links.capacity(level);
    int count = 0;
    for (int place = 0; place < capacity; place++) {
      int neighbor = links.at(list, place);
      if (neighbor == Links.NONE) {
        break;
      }
      if (visited.add(neighbor)) {
        rows[count++] = neighbor;
      }
    }
    return count;
  }
}
