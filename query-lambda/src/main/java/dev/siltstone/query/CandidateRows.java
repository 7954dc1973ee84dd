package dev.siltstone.query;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailRow;
import dev.siltstone.tail.TailView;
import dev.siltstone.where.Where;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of a view that a request's ids and filters allow and that the view shows, segment by
 * segment and in the tail.
 */
final class CandidateRows {
  private final TailView view;
  private final List<RoaringBitmap> segments;
  private final BitSet tail;
  private final boolean everything;

  private CandidateRows(
      TailView view, List<RoaringBitmap> segments, BitSet tail, boolean everything) {
    this.view = view;
    this.segments = segments;
    this.tail = tail;
    this.everything = everything;
  }

  /**
   * The rows that satisfy both conditions.
   *
   * @param ids the only ids allowed, or null for any
   */
  static CandidateRows of(TailView view, @Nullable Collection<RecordId> ids, Where where) {
    if (ids != null) {
      return among(view, ids, where);
    }
    if (where.equals(Where.And.EVERY_RECORD)) {
      return new CandidateRows(view, List.of(), shown(view), true);
    }
    List<RoaringBitmap> segments = new ArrayList<>();
    for (int i = 0; i < view.base().segments().size(); i++) {
      SegmentReader reader = view.base().segments().get(i).reader();
      RoaringBitmap shown = view.hiddenRows().get(i).liveOf(reader.rows());
      segments.add(reader.matching(where, shown));
    }
    BitSet tail = new BitSet(view.rowCount());
    view.forEachRow(row -> {
      if (matches(where, row.record())) {
        tail.set(row.index());
      }
    });
    return new CandidateRows(view, segments, tail, false);
  }

  /** A few known records are looked up one by one and checked with the reference evaluator. */
  private static CandidateRows among(TailView view, Collection<RecordId> ids, Where where) {
    List<RoaringBitmap> segments = new ArrayList<>();
    view.base().segments().forEach(_ -> segments.add(new RoaringBitmap()));
    BitSet tail = new BitSet(view.rowCount());
    for (RecordId id : ids) {
      RecordPlace place = view.find(id).orElse(null);
      if (place == null
          || !where.equals(Where.And.EVERY_RECORD) && !matches(where, view.record(place))) {
        continue;
      }
      switch (place) {
        case RecordPlace.InSnapshot in ->
            segments.get(in.address().segment()).add(in.address().row());
        case RecordPlace.InTail in -> tail.set(in.row().index());
      }
    }
    return new CandidateRows(view, segments, tail, false);
  }

  TailView view() {
    return view;
  }

  /** Whether nothing is filtered: then {@link #rows} is what a segment shows. */
  boolean everything() {
    return everything;
  }

  /** Allowed rows of a segment, without those that the view hides. */
  RoaringBitmap rows(int segment) {
    if (!everything) {
      return segments.get(segment);
    }
    OpenSegment open = view.base().segments().get(segment);
    return view.hiddenRows().get(segment).liveOf(open.reader().rows());
  }

  /** Indexes of allowed rows of the tail. */
  BitSet tailRows() {
    return tail;
  }

  private static BitSet shown(TailView view) {
    BitSet shown = new BitSet(view.rowCount());
    view.forEachRow((TailRow row) -> shown.set(row.index()));
    return shown;
  }

  private static boolean matches(Where where, StoredRecord record) {
    return where.matches(record.metadata(), record.document());
  }
}
