package dev.siltstone.operations;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.collection.Space;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures what share of the nearest records a snapshot's index finds, and has an index of other
 * people's making that is built of a sample confirm it. Queries are vectors of sampled records,
 * each moved a tenth of the way to another one. Whatever is as near as the farthest of the nearest
 * counts as one of them, so that records with equal vectors do no harm.
 */
public final class RecallCheck {
  private static final int QUERIES = 100;
  private static final int K = 10;
  private static final int MOST_SAMPLED = 10_000;
  private static final float MOVED = 0.1f;

  private final List<OpenSegment> segments;
  private final RecallPlan plan;

  /**
   * A check of some segments that show at least one row.
   *
   * @param segments open until the check has run
   */
  public RecallCheck(List<OpenSegment> segments, RecallPlan plan) {
    this.segments = segments;
    this.plan = plan;
  }

  /** Measures. */
  public Recall run() {
    Random random = new Random(plan.seed());
    RowSample sample = RowSample.of(segments, MOST_SAMPLED, random);
    float[][] vectors = sample.vectors();
    float[][] queries = queries(vectors, random);
    int k = Math.min(K, vectors.length);
    Space space = segments.getFirst().reader().descriptor().space();
    int[][] peers = plan.peer().nearest(space, vectors, queries, k, plan.parameters());
    SnapshotSearch search = new SnapshotSearch(segments, k);
    double own = 0;
    double peer = 0;
    double agreed = 0;
    for (int i = 0; i < queries.length; i++) {
      float[] query = queries[i];
      List<SampledRow> mine = search.indexed(query, plan.parameters().efSearch());
      List<SampledRow> theirs =
          IntStream.of(peers[i])
              .mapToObj(number -> search.compared(query, sample.row(number)))
              .toList();
      own += share(mine, search.exact(query));
      peer += share(theirs, search.exactAmong(query, sample));
      agreed += agreement(mine.stream().filter(sample::has).toList(), theirs);
    }
    return new Recall(
        plan.peer().name(),
        plan.seed(),
        queries.length,
        k,
        plan.parameters().efSearch(),
        segments.stream().mapToLong(OpenSegment::liveRows).sum(),
        vectors.length,
        own / queries.length,
        peer / queries.length,
        agreed / queries.length);
  }

  private static float[][] queries(float[][] vectors, Random random) {
    float[][] queries = new float[QUERIES][];
    for (int i = 0; i < QUERIES; i++) {
      float[] query = vectors[random.nextInt(vectors.length)].clone();
      float[] other = vectors[random.nextInt(vectors.length)];
      for (int d = 0; d < query.length; d++) {
        query[d] += MOVED * (other[d] - query[d]);
      }
      queries[i] = query;
    }
    return queries;
  }

  /** What share of the nearest was found. */
  private static double share(List<SampledRow> found, List<SampledRow> nearest) {
    float farthest = nearest.getLast().distance();
    return found.stream().filter(hit -> hit.distance() <= farthest).count()
        / (double) nearest.size();
  }

  /** What share of {@code mine} is among {@code theirs}; none of nothing. */
  private static double agreement(List<SampledRow> mine, List<SampledRow> theirs) {
    if (mine.isEmpty() || theirs.isEmpty()) {
      return 0;
    }
    float farthest = theirs.getLast().distance();
    long both =
        mine.stream()
            .filter(hit -> hit.distance() == farthest || theirs.stream().anyMatch(hit::isSameRow))
            .count();
    return both / (double) mine.size();
  }
}
