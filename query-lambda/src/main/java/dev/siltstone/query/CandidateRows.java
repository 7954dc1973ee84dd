package dev.siltstone.query;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.hnsw.RowFilter;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.filters.RowBounds;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailRow;
import dev.siltstone.tail.TailView;
import dev.siltstone.where.RecordCheck;
import dev.siltstone.where.TextWork;
import dev.siltstone.where.Where;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of a view that a request's ids and filters allow and that the view shows, segment by
 * segment and in the tail. Where a filter reads documents, some rows of segments may be open: they
 * are among the candidates until {@link #allows} has looked at them. Belongs to one request.
 */
final class CandidateRows {
  private final TailView view;
  private final List<RoaringBitmap> segments;
  private final BitSet tail;
  private final boolean everything;
  private final @Nullable OpenRows open;

  private CandidateRows(
      TailView view,
      List<RoaringBitmap> segments,
      BitSet tail,
      boolean everything,
      @Nullable OpenRows open) {
    this.view = view;
    this.segments = segments;
    this.tail = tail;
    this.everything = everything;
    this.open = open;
  }

  /**
   * The rows that satisfy both conditions.
   *
   * @param ids the only ids allowed, or null for any
   * @param work what the request may spend on regular expressions
   */
  static CandidateRows of(
      TailView view, @Nullable Collection<RecordId> ids, Where where, TextWork work) {
    if (ids != null) {
      return among(view, ids, where, work);
    }
    if (where.equals(Where.And.EVERY_RECORD)) {
      return new CandidateRows(view, List.of(), shown(view), true, null);
    }
    List<RowBounds> bounds = new ArrayList<>();
    for (int i = 0; i < view.base().segments().size(); i++) {
      SegmentReader reader = view.base().segments().get(i).reader();
      RoaringBitmap shown = view.hiddenRows().get(i).liveOf(reader.rows());
      bounds.add(reader.bounds(where, shown));
    }
    return new CandidateRows(
        view,
        bounds.stream().map(RowBounds::possible).toList(),
        tail(view, new RecordCheck(where, work)),
        false,
        bounds.stream().allMatch(RowBounds::decided)
            ? null
            : new OpenRows(view, bounds, new RecordCheck(where.documentPart(), work)));
  }

  private static BitSet tail(TailView view, RecordCheck check) {
    BitSet tail = new BitSet(view.rowCount());
    view.forEachRow(row -> {
      if (check.matches(row.record().metadata(), row.record().document())) {
        tail.set(row.index());
      }
    });
    return tail;
  }

  /** A few known records are looked up one by one and checked with the reference evaluator. */
  private static CandidateRows among(
      TailView view, Collection<RecordId> ids, Where where, TextWork work) {
    List<RoaringBitmap> segments = new ArrayList<>();
    view.base().segments().forEach(_ -> segments.add(new RoaringBitmap()));
    BitSet tail = new BitSet(view.rowCount());
    RecordCheck check = new RecordCheck(where, work);
    for (RecordId id : ids) {
      RecordPlace place = view.find(id).orElse(null);
      if (place == null
          || (!where.equals(Where.And.EVERY_RECORD) && !matches(check, view.record(place)))) {
        continue;
      }
      switch (place) {
        case RecordPlace.InSnapshot in ->
            segments.get(in.address().segment()).add(in.address().row());
        case RecordPlace.InTail in -> tail.set(in.row().index());
      }
    }
    return new CandidateRows(view, segments, tail, false, null);
  }

  TailView view() {
    return view;
  }

  /** Whether nothing is filtered: then {@link #rows} is what a segment shows. */
  boolean everything() {
    return everything;
  }

  /** Whether a row may be open. */
  boolean undecided() {
    return open != null;
  }

  /** Whether a candidate is allowed; looks at the record if that is open. */
  boolean allows(RecordPlace place) {
    return open == null
        || switch (place) {
          case RecordPlace.InSnapshot in -> open.allows(in.address());
          case RecordPlace.InTail _ -> true;
        };
  }

  /** These candidates after looking at all that are open. */
  CandidateRows settled() {
    return open == null ? this : new CandidateRows(view, open.settle(), tail, false, null);
  }

  /** Allowed and open rows of a segment, without those that the view hides. */
  RoaringBitmap rows(int segment) {
    if (!everything) {
      return segments.get(segment);
    }
    OpenSegment shown = view.base().segments().get(segment);
    return view.hiddenRows().get(segment).liveOf(shown.reader().rows());
  }

  /** Admits the same rows of a segment to a search. */
  RowFilter filter(int segment) {
    return everything
        ? view.hiddenRows().get(segment).shown()
        : RowFilter.only(segments.get(segment));
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

  private static boolean matches(RecordCheck check, StoredRecord record) {
    return check.matches(record.metadata(), record.document());
  }
}
