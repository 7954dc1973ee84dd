package dev.siltstone.query;

import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.FloatTable;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailView;
import java.util.BitSet;
import java.util.List;

/**
 * Compares queries, one after another, with the fresh rows that are candidates, where they lie in
 * memory: exact.
 */
final class TailSearch {
  private static final int BATCH = 64;

  private final DistanceKernel kernel;
  private final TailView view;
  private final BitSet rows;
  private final int count;
  private final int[] batch = new int[BATCH];
  private final float[] distances = new float[BATCH];

  TailSearch(DistanceKernel kernel, TailView view, BitSet rows) {
    this.kernel = kernel;
    this.view = view;
    this.rows = rows;
    this.count = rows.cardinality();
  }

  /** Number of candidates. */
  int count() {
    return count;
  }

  void nearest(float[] query, NearestHits hits) {
    if (count == 0) {
      return;
    }
    TopK nearest = hits.room(count);
    List<FloatTable> tables = view.vectors();
    QueryScorer scorer = new QueryScorer(kernel, tables.getFirst());
    scorer.prepare(query);
    for (int row = rows.nextSetBit(0); row >= 0; ) {
      int table = row / TailView.rowsPerTable();
      scorer.moveTo(tables.get(table));
      row = scan(table * TailView.rowsPerTable(), row, scorer, nearest);
    }
    hits.add(nearest.toNeighbors(), row -> new RecordPlace.InTail(view.row(row)));
  }

  /** Compares up to a batch of one table's candidates; returns the first candidate after it. */
  private int scan(int first, int from, QueryScorer scorer, TopK nearest) {
    int end = first + TailView.rowsPerTable();
    int row = from;
    int batched = 0;
    while (row >= 0 && row < end && batched < BATCH) {
      batch[batched++] = row - first;
      row = rows.nextSetBit(row + 1);
    }
    scorer.score(batch, batched, distances);
    for (int i = 0; i < batched; i++) {
      nearest.offer(first + batch[i], distances[i]);
    }
    return row;
  }
}
