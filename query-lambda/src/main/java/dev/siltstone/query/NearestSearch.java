package dev.siltstone.query;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.RowAddress;
import dev.siltstone.hnsw.Neighbors;
import dev.siltstone.hnsw.RowFilter;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.tail.RecordPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The k nearest of some candidate rows: every segment is searched by its graph or by a scan, the
 * tail exactly, the largest first, side by side where that pays; what is farther than the k nearest
 * of those that are done is dropped at once. Ties go to the record inserted first. For one request,
 * whose filter is prepared once for all its vectors.
 */
final class NearestSearch {
  private final SearchEngine engine;
  private final CandidateRows candidates;
  private final int ef;
  private final List<OpenSegment> segments;
  private final List<RowFilter> filters;
  private final int[] largestFirst;
  private final TailSearch tail;

  /**
   * A search.
   *
   * @param ef the paper's ef: candidates that a walk through a graph keeps
   */
  NearestSearch(SearchEngine engine, CandidateRows candidates, int ef) {
    this.engine = engine;
    this.candidates = candidates;
    this.ef = ef;
    this.segments = candidates.view().base().segments();
    this.filters = IntStream.range(0, segments.size()).mapToObj(candidates::filter).toList();
    this.largestFirst =
        IntStream.range(0, segments.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -segments.get(i).reader().rows()))
            .mapToInt(Integer::intValue)
            .toArray();
    this.tail = new TailSearch(engine.kernel(), candidates.view(), candidates.tailRows());
  }

  /** Up to {@code k} records, nearest first. */
  List<Hit> nearest(float[] query, int k) {
    if (k == 0) {
      return List.of();
    }
    NearestHits hits = new NearestHits(k);
    List<Runnable> parts = new ArrayList<>();
    long otherComparisons = tail.count();
    for (int place = 0; place < largestFirst.length; place++) {
      int segment = largestFirst[place];
      parts.add(() -> searchSegment(segment, query, hits));
      otherComparisons += place == 0 ? 0 : comparisons(segment);
    }
    parts.add(() -> tail.nearest(query, hits));
    engine.run(parts, otherComparisons);
    return hits.sorted(
        Comparator.comparingDouble(Hit::distance)
            .thenComparing(hit -> candidates.view().order(hit.place())));
  }

  private void searchSegment(int segment, float[] query, NearestHits hits) {
    OpenSegment open = segments.get(segment);
    TopK nearest = hits.room(open.reader().rows());
    open.reader().graph().nearest(engine.kernel(), query, filters.get(segment), ef, nearest);
    Neighbors found = nearest.toNeighbors();
    hits.add(found, row -> new RecordPlace.InSnapshot(new RowAddress(segment, row)));
  }

  /** About how many rows a search of the segment compares. */
  private long comparisons(int segment) {
    return segments.get(segment).reader().graph().comparisons(filters.get(segment), ef);
  }
}
