package dev.siltstone.query;

import dev.siltstone.cache.RowAddress;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.filters.RowBounds;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.tail.TailView;
import dev.siltstone.where.RecordCheck;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Rows of segments that the indexes could not decide on, because a document must be read. Each is
 * looked at once, when somebody asks. Belongs to one request.
 */
final class OpenRows {
  private final List<RowCursor> cursors;
  private final List<RoaringBitmap> allowed = new ArrayList<>();
  private final List<RoaringBitmap> open = new ArrayList<>();
  private final RecordCheck check;

  /**
   * Open rows.
   *
   * @param bounds per segment of the view
   * @param check decides on the rows between the bounds
   */
  OpenRows(TailView view, List<RowBounds> bounds, RecordCheck check) {
    this.cursors =
        view.base().segments().stream().map(segment -> segment.reader().cursor()).toList();
    this.check = check;
    for (RowBounds segment : bounds) {
      allowed.add(segment.certain().clone());
      open.add(RoaringBitmap.andNot(segment.possible(), segment.certain()));
    }
  }

  boolean allows(RowAddress address) {
    int row = address.row();
    if (open.get(address.segment()).checkedRemove(row) && satisfies(address.segment(), row)) {
      allowed.get(address.segment()).add(row);
    }
    return allowed.get(address.segment()).contains(row);
  }

  /** Looks at all that is open; returns the allowed rows of each segment. */
  List<RoaringBitmap> settle() {
    for (int segment = 0; segment < open.size(); segment++) {
      int number = segment;
      open.get(segment)
          .forEach((int row) -> {
            if (satisfies(number, row)) {
              allowed.get(number).add(row);
            }
          });
      open.get(segment).clear();
    }
    return allowed;
  }

  private boolean satisfies(int segment, int row) {
    return SegmentReader.matches(check, row, cursors.get(segment));
  }
}
