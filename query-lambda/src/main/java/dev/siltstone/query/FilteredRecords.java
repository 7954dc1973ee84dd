package dev.siltstone.query;

import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailRow;
import dev.siltstone.tail.TailView;
import dev.siltstone.where.RecordCheck;
import dev.siltstone.where.TextWork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The records that a filter finds in a view. For a later view of the same tail they are not looked
 * for again: only what has changed in between is looked at.
 */
final class FilteredRecords {
  private final TailView view;
  private final RecordFilter filter;
  private final List<RecordPlace> places;

  private FilteredRecords(TailView view, RecordFilter filter, List<RecordPlace> places) {
    this.view = view;
    this.filter = filter;
    this.places = places;
  }

  static FilteredRecords in(TailView view, RecordFilter filter) {
    CandidateRows rows = CandidateRows.of(view, filter.ids(), filter.where(), new TextWork());
    return new FilteredRecords(view, filter, new RecordListing(rows).page(0, Long.MAX_VALUE));
  }

  /** What the filter finds in another view. */
  FilteredRecords in(TailView other) {
    if (!other.continues(view)) {
      return in(other, filter);
    }
    List<RecordPlace> now = new ArrayList<>(places);
    now.removeIf(place -> !other.shows(place));
    RecordCheck check = new RecordCheck(filter.where(), new TextWork());
    for (int i = view.rowCount(); i < other.rowCount(); i++) {
      TailRow row = other.row(i);
      if (other.shows(i) && matches(check, row)) {
        now.add(new RecordPlace.InTail(row));
      }
    }
    return new FilteredRecords(other, filter, now);
  }

  private boolean matches(RecordCheck check, TailRow row) {
    return (filter.ids() == null || filter.ids().contains(row.record().id()))
        && check.matches(row.record().metadata(), row.record().document());
  }

  /** The first of them in insertion order. */
  List<RecordPlace> first(int limit) {
    return limit >= places.size()
        ? places
        : places.stream().sorted(Comparator.comparing(view::order)).limit(limit).toList();
  }
}
