package dev.siltstone.operations;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.hnsw.ExactScan;
import dev.siltstone.hnsw.Neighbors;
import dev.siltstone.hnsw.TopK;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** Finds the k nearest rows of some segments: as a query does, or by comparing all of them. */
final class SnapshotSearch {
  private final DistanceKernel kernel = KernelChoice.ofThisJvm().kernel();
  private final List<OpenSegment> segments;
  private final int k;

  SnapshotSearch(List<OpenSegment> segments, int k) {
    this.segments = segments;
    this.k = k;
  }

  private interface Search {
    void of(int segment, TopK into);
  }

  /** By graphs and scans, as the index has them. */
  List<SampledRow> indexed(float[] query, int ef) {
    return nearest((segment, into) -> {
      OpenSegment open = segments.get(segment);
      open.reader().graph().nearest(kernel, query, open.deleted().shown(), ef, into);
    });
  }

  /** By comparing every row shown. */
  List<SampledRow> exact(float[] query) {
    return nearest((segment, into) ->
        new ExactScan(scorer(segment, query))
            .all(segments.get(segment).deleted().toBitmap(), into));
  }

  /** By comparing every row of a sample. */
  List<SampledRow> exactAmong(float[] query, RowSample sample) {
    return nearest((segment, into) ->
        new ExactScan(scorer(segment, query))
            .among(sample.rows().get(segment), new RoaringBitmap(), into));
  }

  /** The row, with its distance. */
  SampledRow compared(float[] query, SampledRow place) {
    int[] rows = new int[QueryScorer.GROUP];
    float[] distances = new float[QueryScorer.GROUP];
    rows[0] = place.row();
    scorer(place.segment(), query).score(rows, 1, distances);
    return new SampledRow(place.segment(), place.row(), distances[0]);
  }

  private QueryScorer scorer(int segment, float[] query) {
    QueryScorer scorer = new QueryScorer(kernel, segments.get(segment).reader().graph().vectors());
    scorer.prepare(query);
    return scorer;
  }

  private List<SampledRow> nearest(Search search) {
    List<SampledRow> found = new ArrayList<>();
    for (int segment = 0; segment < segments.size(); segment++) {
      TopK top = new TopK(k);
      search.of(segment, top);
      Neighbors neighbors = top.toNeighbors();
      for (int place = 0; place < neighbors.size(); place++) {
        found.add(new SampledRow(segment, neighbors.row(place), neighbors.distance(place)));
      }
    }
    found.sort(Comparator.comparing(SampledRow::distance));
    return found.subList(0, Math.min(k, found.size()));
  }
}
