package dev.siltstone.compaction;

import dev.siltstone.cache.FoundRow;
import dev.siltstone.cache.SnapshotRecords;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.tail.LogPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;

/**
 * A stretch of the log folded into the snapshot before it: the records that are new or changed, in
 * insertion order, and for each older segment the rows that they replace. Of the snapshot it reads
 * the id pages of the ids named, and the content of those records that are merged with something.
 *
 * @param folded the last sequence in it
 * @param replaced rows per segment that are shown no longer
 * @param content what to add to the content checksum before
 * @param liveRecords by how many records the collection grows, or shrinks if negative
 */
record FoldedBatch(
    Sequence folded,
    List<StoredRecord> records,
    Map<SegmentId, RoaringBitmap> replaced,
    ContentChecksum content,
    long liveRecords) {

  /**
   * Folds.
   *
   * @param places in sequence order, at least one
   * @param base the snapshot that folds everything before them
   */
  static FoldedBatch of(List<LogPlace> places, SnapshotRecords base) {
    Map<RecordId, RecordHistory> histories = histories(places);
    Map<RecordId, FoundRow> before = base.find(histories.keySet());
    histories
        .entrySet()
        .removeIf(one -> before.containsKey(one.getKey()) && one.getValue().leavesExisting());
    before.keySet().retainAll(histories.keySet());
    Map<RecordId, StoredRecord> merged =
        base.read(
            histories.entrySet().stream()
                .filter(one -> one.getValue().readsExisting())
                .map(one -> before.get(one.getKey()))
                .filter(Objects::nonNull)
                .toList());
    List<StoredRecord> records = new ArrayList<>();
    histories.forEach((id, history) -> {
      StoredRecord after = history.fold(merged.get(id));
      if (after != null) {
        records.add(after);
      }
    });
    records.sort(Comparator.comparing(StoredRecord::order));
    return new FoldedBatch(
        places.getLast().sequence(),
        List.copyOf(records),
        replaced(before),
        content(before, records),
        records.size() - before.size());
  }

  private static Map<RecordId, RecordHistory> histories(List<LogPlace> places) {
    Map<RecordId, RecordHistory> histories = new LinkedHashMap<>();
    for (LogPlace place : places) {
      int index = 0;
      for (Operation operation : place.operations()) {
        histories
            .computeIfAbsent(operation.id(), _ -> new RecordHistory())
            .append(operation, new OrderKey(place.sequence().value(), index++));
      }
    }
    return histories;
  }

  private static Map<SegmentId, RoaringBitmap> replaced(Map<RecordId, FoundRow> before) {
    Map<SegmentId, RoaringBitmap> replaced = new HashMap<>();
    for (FoundRow row : before.values()) {
      replaced.computeIfAbsent(row.segment(), _ -> new RoaringBitmap()).add(row.entry().row());
    }
    return replaced;
  }

  private static ContentChecksum content(
      Map<RecordId, FoundRow> before, List<StoredRecord> records) {
    ContentChecksum content = ContentChecksum.EMPTY;
    for (FoundRow row : before.values()) {
      content = content.minus(row.entry().checksum());
    }
    for (StoredRecord record : records) {
      content = content.plus(RecordChecksum.of(record));
    }
    return content;
  }
}
