package dev.siltstone.compaction;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.segment.rows.RowCursor;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Writes the live rows of several segments as one, in insertion order, row by row. */
final class SegmentMerger {
  private static final int ROWS_PER_BEAT = 1_000;

  private final List<OpenSegment> sources;
  private final Runnable heartbeat;

  /**
   * A merger.
   *
   * @param heartbeat called every now and then; may throw to stop the merge
   */
  SegmentMerger(List<OpenSegment> sources, Runnable heartbeat) {
    this.sources = List.copyOf(sources);
    this.heartbeat = heartbeat;
  }

  void writeTo(SegmentWriter target) {
    PriorityQueue<Cursor> cursors =
        new PriorityQueue<>(Comparator.comparing(cursor -> cursor.order));
    for (OpenSegment source : sources) {
      Cursor cursor = new Cursor(source);
      if (cursor.advance()) {
        cursors.add(cursor);
      }
    }
    int written = 0;
    while (!cursors.isEmpty()) {
      Cursor next = cursors.remove();
      next.copyTo(target);
      if (next.advance()) {
        cursors.add(next);
      }
      if (++written % ROWS_PER_BEAT == 0) {
        heartbeat.run();
      }
    }
  }

  /** The next live row of one source. */
  private static final class Cursor {
    private final OpenSegment source;
    private final RowCursor rows;
    private int row = -1;
    private OrderKey order = new OrderKey(1, 0);

    private Cursor(OpenSegment source) {
      this.source = source;
      this.rows = source.reader().cursor();
    }

    private void copyTo(SegmentWriter target) {
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
