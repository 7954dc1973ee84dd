package dev.siltstone.tail;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.FloatTable;
import dev.siltstone.identity.Sequence;
import dev.siltstone.record.StoredRecord;
import java.util.Arrays;
import java.util.List;

/** The rows of a tail in order of arrival, with their vectors; grows at the end only. */
final class TailRows {
  private static final int FIRST_CAPACITY = 64;

  private TailRow[] rows = new TailRow[FIRST_CAPACITY];
  private int count;
  private final TailVectors vectors;

  TailRows(Space space) {
    this.vectors = new TailVectors(space);
  }

  TailRow add(StoredRecord record, Sequence from) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, count * 2);
    }
    TailRow row = new TailRow(record, count, from);
    vectors.add(count, record.embedding());
    rows[count++] = row;
    return row;
  }

  /** The rows so far; what is added later does not change it. */
  Moment upToNow() {
    return new Moment(rows, count, vectors.upToNow());
  }

  /**
   * Some first rows of a tail; the array may be longer and is never written below {@code count}.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Moment(TailRow[] rows, int count, List<FloatTable> vectors) {}
}
