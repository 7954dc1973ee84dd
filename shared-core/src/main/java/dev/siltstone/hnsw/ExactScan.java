package dev.siltstone.hnsw;

import dev.siltstone.distance.QueryScorer;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compares a query with every row, or with every row of a bitmap, leaving out deleted ones. The
 * result is exact: estimates only tell which rows need not be compared whole. Reusable, allocates
 * nothing per candidate, belongs to one thread.
 */
public final class ExactScan {
  private static final int BATCH = 256;
  private static final int NONE = -1;

  private final QueryScorer query;
  private final int[] rows = new int[BATCH];
  private final int[] read = new int[BATCH];
  private final float[] distances = new float[BATCH];
  private final Shortlist found;
  private int batched;

  /** Scans the rows of {@code query}'s table; prepare the query before each scan. */
  public ExactScan(QueryScorer query) {
    this.query = query;
    this.found = new Shortlist(query);
  }

  /** All rows but the deleted ones. */
  public void all(RoaringBitmap deleted, TopK into) {
    found.begin(into);
    PeekableIntIterator gaps = deleted.getIntIterator();
    int gap = gaps.hasNext() ? gaps.next() : NONE;
    int size = query.table().rows();
    for (int row = 0; row < size; row++) {
      if (row == gap) {
        gap = gaps.hasNext() ? gaps.next() : NONE;
      } else {
        consider(row);
      }
    }
    flush();
    found.settle();
  }

  /** The rows of {@code matches}, all of which must exist, but the deleted ones. */
  public void among(RoaringBitmap matches, RoaringBitmap deleted, TopK into) {
    found.begin(into);
    PeekableIntIterator gaps = deleted.getIntIterator();
    BatchIterator batches = matches.getBatchIterator();
    while (batches.hasNext()) {
      int count = batches.nextBatch(read);
      for (int i = 0; i < count; i++) {
        int row = read[i];
        gaps.advanceIfNeeded(row);
        if (!gaps.hasNext() || gaps.peekNext() != row) {
          consider(row);
        }
      }
    }
    flush();
    found.settle();
  }

  private void consider(int row) {
    rows[batched++] = row;
    if (batched == BATCH) {
      flush();
    }
  }

  private void flush() {
    query.estimate(rows, batched, distances);
    for (int i = 0; i < batched; i++) {
      found.offer(rows[i], distances[i]);
    }
    batched = 0;
  }
}
