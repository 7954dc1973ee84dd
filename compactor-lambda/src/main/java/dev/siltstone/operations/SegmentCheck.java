package dev.siltstone.operations;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.where.Comparison;
import dev.siltstone.where.Where;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compares what the files of one segment say of each row: its record gives its checksum, its id
 * leads back to it, rows stand in insertion order, no other segment shows the same id, and the
 * filters find exactly the rows with a value (for the first {@value #FILTERS} values).
 */
final class SegmentCheck {
  private static final int FILTERS = 64;

  /** A damaged index differs in every row: more of the same help nobody. */
  private static final int MAX_DIFFERENCES = 20;

  private final SegmentReader reader;
  private final DeletedRows deleted;
  private final List<SegmentsOnStore.Opened> all;
  private final List<Difference> differences;
  private final Map<Where, RoaringBitmap> filters = new LinkedHashMap<>();
  private ContentChecksum content = ContentChecksum.EMPTY;
  private long records;
  private int found;

  SegmentCheck(
      SegmentsOnStore.Opened opened,
      List<SegmentsOnStore.Opened> all,
      List<Difference> differences) {
    this.reader = opened.reader();
    this.deleted = opened.deleted();
    this.all = all;
    this.differences = differences;
  }

  /** The sum of the records shown. */
  ContentChecksum content() {
    return content;
  }

  /** How many are shown. */
  long records() {
    return records;
  }

  void run() {
    try {
      chooseFilters();
      checkRows();
      filters.forEach(this::checkFilter);
    } catch (CorruptDataException e) {
      differs(String.valueOf(e.getMessage()));
    }
  }

  private void checkRows() {
    RowCursor cursor = reader.cursor();
    OrderKey before = null;
    for (int row = 0; row < reader.rows(); row++) {
      StoredRecord record = reader.uncheckedRecord(row, cursor);
      checkOrder(row, before, record.order());
      before = record.order();
      checkRecord(row, record);
      for (Map.Entry<Where, RoaringBitmap> filter : filters.entrySet()) {
        if (filter.getKey().matches(record.metadata(), record.document())) {
          filter.getValue().add(row);
        }
      }
    }
    if (!reader.descriptor().last().equals(before)) {
      differs(
          "expected the last order key %s, found %s".formatted(reader.descriptor().last(), before));
    }
  }

  private void checkOrder(int row, @Nullable OrderKey before, OrderKey order) {
    if (before == null && !order.equals(reader.descriptor().first())) {
      differs(
          "expected the first order key %s, found %s"
              .formatted(reader.descriptor().first(), order));
    }
    if (before != null && before.compareTo(order) >= 0) {
      differs("row %d with order key %s follows %s".formatted(row, order, before));
    }
  }

  private void checkRecord(int row, StoredRecord record) {
    RecordChecksum checksum = RecordChecksum.of(record);
    if (!checksum.equals(reader.checksum(row))) {
      differs(
          "the record of row %d has checksum %s; expected %s"
              .formatted(row, checksum, reader.checksum(row)));
    }
    OptionalInt indexed = reader.rowOf(record.id());
    if (indexed.isEmpty() || indexed.getAsInt() != row) {
      differs("the id of row %d leads to %s".formatted(row, indexed));
    }
    if (!deleted.contains(row)) {
      content = content.plus(checksum);
      records++;
      checkShownOnce(row, record.id());
    }
  }

  /** Each pair of segments is compared once. */
  private void checkShownOnce(int row, RecordId id) {
    for (SegmentsOnStore.Opened other : all) {
      if (other.reader() == reader) {
        return;
      }
      OptionalInt second = other.reader().rowOf(id);
      if (second.isPresent() && !other.deleted().contains(second.getAsInt())) {
        SegmentId segment = other.reader().descriptor().id();
        differs(
            "the record of row %d is shown by row %d of segment %s too"
                .formatted(row, second.getAsInt(), segment));
      }
    }
  }

  private void chooseFilters() {
    RowCursor cursor = reader.cursor();
    for (int row = 0; row < reader.rows() && filters.size() < FILTERS; row++) {
      cursor
          .metadata(row)
          .values()
          .forEach((key, value) -> {
            if (value instanceof MetadataValue.Scalar scalar && filters.size() < FILTERS) {
              filters.put(new Where.Compare(key, Comparison.EQUAL, scalar), new RoaringBitmap());
            }
          });
    }
  }

  private void checkFilter(Where filter, RoaringBitmap expected) {
    RoaringBitmap matching = reader.matching(filter, RoaringBitmap.bitmapOfRange(0, reader.rows()));
    if (!matching.equals(expected)) {
      differs(
          "a filter finds %d rows, of which %d have its value; %d have it"
              .formatted(
                  matching.getCardinality(),
                  RoaringBitmap.andCardinality(matching, expected),
                  expected.getCardinality()));
    }
  }

  private void differs(String what) {
    if (found++ < MAX_DIFFERENCES) {
      differences.add(new Difference("segment " + reader.descriptor().id(), what));
    }
  }
}
