package dev.siltstone.query;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.RowAddress;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.hnsw.ExactScan;
import dev.siltstone.hnsw.Neighbors;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * The k nearest of some candidate rows: every segment is searched by itself, the tail exactly, and
 * the results are merged. Ties go to the record inserted first.
 */
final class NearestSearch {
  private static final int BATCH = 64;

  private final DistanceKernel kernel;
  private final CandidateRows candidates;

  NearestSearch(DistanceKernel kernel, CandidateRows candidates) {
    this.kernel = kernel;
    this.candidates = candidates;
  }

  /** Up to {@code k} records, nearest first. */
  List<Hit> nearest(float[] query, int k) {
    List<Hit> hits = new ArrayList<>();
    if (k == 0) {
      return hits;
    }
    TailView view = candidates.view();
    for (int i = 0; i < view.base().segments().size(); i++) {
      Neighbors found = inSegment(i, query, k);
      for (int place = 0; place < found.size(); place++) {
        hits.add(
            new Hit(
                found.distance(place),
                new RecordPlace.InSnapshot(new RowAddress(i, found.row(place)))));
      }
    }
    Neighbors fresh = inTail(query, k);
    for (int place = 0; place < fresh.size(); place++) {
      hits.add(new Hit(fresh.distance(place), new RecordPlace.InTail(view.row(fresh.row(place)))));
    }
    hits.sort(
        Comparator.comparingDouble(Hit::distance).thenComparing(hit -> view.order(hit.place())));
    return hits.size() > k ? hits.subList(0, k) : hits;
  }

  private Neighbors inSegment(int segment, float[] query, int k) {
    OpenSegment open = candidates.view().base().segments().get(segment);
    RoaringBitmap hidden = candidates.view().hiddenRows().get(segment).toBitmap();
    QueryScorer scorer = new QueryScorer(kernel, open.reader().graph().vectors());
    scorer.prepare(query);
    TopK nearest = new TopK(Math.min(k, open.reader().rows()));
    ExactScan scan = new ExactScan(scorer);
    if (candidates.everything()) {
      scan.all(hidden, nearest);
    } else {
      scan.among(candidates.rows(segment), hidden, nearest);
    }
    return nearest.toNeighbors();
  }

  private Neighbors inTail(float[] query, int k) {
    TailView view = candidates.view();
    BitSet rows = candidates.tailRows();
    TopK nearest = new TopK(Math.min(k, rows.cardinality()));
    int perTable = TailView.rowsPerTable();
    int[] batch = new int[BATCH];
    float[] distances = new float[BATCH];
    for (int table = 0; table * perTable < view.rowCount(); table++) {
      QueryScorer scorer = new QueryScorer(kernel, view.vectors().get(table));
      scorer.prepare(query);
      int first = table * perTable;
      int row = rows.nextSetBit(first);
      while (row >= 0 && row < first + perTable) {
        int count = 0;
        while (row >= 0 && row < first + perTable && count < BATCH) {
          batch[count++] = row - first;
          row = rows.nextSetBit(row + 1);
        }
        int[] scored = batch.clone();
        scorer.score(scored, count, distances);
        for (int i = 0; i < count; i++) {
          nearest.offer(first + batch[i], distances[i]);
        }
      }
    }
    return nearest.toNeighbors();
  }
}
