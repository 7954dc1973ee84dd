package dev.siltstone.compaction;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.segment.rows.RowCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Writes the live rows of several segments as one, in insertion order, row by row. */
final class SegmentMerger {
  private static final int ROWS_PER_CHECK = 1_000;

  /** Of a row that was not copied. */
  static final int GONE = -1;

  private final List<OpenSegment> sources;
  private final Runnable checkpoint;

  /**
   * A merger.
   *
   * @param checkpoint called every now and then; may throw to stop the merge
   */
  SegmentMerger(List<OpenSegment> sources, Runnable checkpoint) {
    this.sources = List.copyOf(sources);
    this.checkpoint = checkpoint;
  }

  /** Copies all live rows; for each source, returns where each of its rows is now, or GONE. */
  List<int[]> writeTo(SegmentWriter target) {
    PriorityQueue<Cursor> cursors =
        new PriorityQueue<>(Comparator.comparing(cursor -> cursor.order));
    List<int[]> newRows = new ArrayList<>();
    for (OpenSegment source : sources) {
      Cursor cursor = new Cursor(source);
      newRows.add(cursor.newRows);
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
    while (!cursors.isEmpty()) {
      Cursor next = cursors.remove();
      next.copyTo(target);
      if (next.advance()) {
        cursors.add(next);
      }
      if (target.rows() % ROWS_PER_CHECK == 0) {
        checkpoint.run();
      }
    }
    return newRows;
  }

  /** The next live row of one source. */
  private static final class Cursor {
    private final OpenSegment source;
    private final RowCursor rows;
    private final int[] newRows;
    private int row = -1;
    private OrderKey order = new OrderKey(1, 0);

    private Cursor(OpenSegment source) {
      this.source = source;
      this.rows = source.reader().cursor();
      this.newRows = new int[source.reader().rows()];
      Arrays.fill(newRows, GONE);
    }

    private void copyTo(SegmentWriter target) {
      newRows[row] = target.rows();
      target.add(source.reader().record(row, rows), source.reader().checksum(row));
    }

    private boolean advance() {
      do {
        row++;
      } while (row < source.reader().rows() && source.deleted().contains(row));
      if (row == source.reader().rows()) {
        return false;
      }
      order = source.reader().order(row);
      return true;
    }
  }
}
