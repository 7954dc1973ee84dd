package dev.siltstone.hnsw;

import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.distance.SplitTable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether codes of vectors are enough to walk by: in a sample of rows, the ten nearest by exact
 * distances are looked for among the twenty nearest by estimated ones. Embeddings of models pass
 * with ease; vectors that lie much closer to each other than to the origin (raw coordinates, say)
 * do not, and are compared whole.
 */
final class RoughCheck {
  private static final int QUERIES = 64;
  private static final int SAMPLE = 2_000;
  private static final int NEAREST = 10;
  private static final int MET = 20;
  private static final double ENOUGH = 0.98;

  private final int[] rows;
  private final float[] distances;

  private RoughCheck(int ofRows) {
    int count = Math.min(SAMPLE, ofRows);
    this.rows = new int[count + QueryScorer.GROUP];
    for (int i = 0; i < count; i++) {
      rows[i] = (int) ((long) i * ofRows / count);
    }
    this.distances = new float[rows.length];
  }

  /** The vectors as walks are to compare them. */
  static SplitTable of(SplitTable vectors, DistanceKernel kernel) {
    SplitTable whole = vectors.whole();
    boolean rough =
        vectors.rounding() > 0
            && new RoughCheck(vectors.rows())
                .suffices(new QueryScorer(kernel, vectors), new QueryScorer(kernel, whole));
    return rough ? vectors : whole;
  }

  private boolean suffices(QueryScorer estimates, QueryScorer exact) {
    int queries = Math.min(QUERIES, estimates.table().rows());
    float[] query = new float[estimates.table().dimension()];
    int expected = 0;
    int found = 0;
    for (int i = 0; i < queries; i++) {
      int row = (int) ((long) i * estimates.table().rows() / queries);
      estimates.table().copyRow(row, query);
      Set<Integer> nearest = nearest(exact, query, NEAREST);
      expected += nearest.size();
      found += (int) nearest(estimates, query, MET).stream().filter(nearest::contains).count();
    }
    return found >= ENOUGH * expected;
  }

  private Set<Integer> nearest(QueryScorer scorer, float[] query, int k) {
    int count = rows.length - QueryScorer.GROUP;
    scorer.prepare(query);
    scorer.estimate(rows, count, distances);
    TopK nearest = new TopK(k);
    for (int i = 0; i < count; i++) {
      nearest.offer(rows[i], distances[i]);
    }
    return IntStream.of(nearest.toNeighbors().rows()).boxed().collect(Collectors.toSet());
  }
}
