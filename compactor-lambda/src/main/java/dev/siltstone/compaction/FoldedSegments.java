package dev.siltstone.compaction;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.tail.TailRow;
import dev.siltstone.tail.TailView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a folded tail leaves to be written: the records that are new or changed, in insertion order,
 * and for each older segment the rows that they replace. The content checksum follows from the
 * parent's by what comes and what goes.
 */
final class FoldedSegments {
  private final TailView view;
  private final List<StoredRecord> records = new ArrayList<>();

  FoldedSegments(TailView view) {
    this.view = view;
    view.forEachRow((TailRow row) -> records.add(row.record()));
    records.sort(Comparator.comparing(StoredRecord::order));
  }

  /** Records of the new segment, in insertion order; none if only deletes were folded. */
  List<StoredRecord> records() {
    return records;
  }

  /** Whether the view hides other rows of the base's segment than the base does. */
  boolean changes(int segment) {
    return deletedBefore(segment).count() != deletedAfter(segment).count();
  }

  DeletedRows deletedAfter(int segment) {
    return view.hiddenRows().get(segment);
  }

  ContentChecksum content(ContentChecksum parent) {
    ContentChecksum content = parent;
    for (int i = 0; i < view.base().segments().size(); i++) {
      OpenSegment segment = view.base().segments().get(i);
      RoaringBitmap gone = deletedAfter(i).toBitmap();
      deletedBefore(i).removeFrom(gone);
      for (int row : gone) {
        content = content.minus(segment.reader().checksum(row));
      }
    }
    for (StoredRecord record : records) {
      content = content.plus(RecordChecksum.of(record));
    }
    return content;
  }

  private DeletedRows deletedBefore(int segment) {
    return view.base().segments().get(segment).deleted();
  }
}
