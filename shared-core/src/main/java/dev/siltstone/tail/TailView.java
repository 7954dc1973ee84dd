package dev.siltstone.tail;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.cache.RowAddress;
import dev.siltstone.distance.FloatTable;
import dev.siltstone.identity.Sequence;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A snapshot and the log after it, up to one sequence: what a reader sees. Does not change while
 * the tail grows.
 */
public final class TailView {
  private final Tail tail;
  private final OpenSnapshot base;
  private final Sequence sequence;
  private final Map<RecordId, TailEntry> entries;
  private final TailRows.Moment rows;
  private final List<DeletedRows> hiddenRows;
  private final long liveRecords;
  private final long operations;

  TailView(
      Tail tail,
      OpenSnapshot base,
      Sequence sequence,
      Map<RecordId, TailEntry> entries,
      TailRows.Moment rows,
      List<DeletedRows> hiddenRows,
      long liveRecords,
      long operations) {
    this.tail = tail;
    this.base = base;
    this.sequence = sequence;
    this.entries = entries;
    this.rows = rows;
    this.hiddenRows = List.copyOf(hiddenRows);
    this.liveRecords = liveRecords;
    this.operations = operations;
  }

  public OpenSnapshot base() {
    return base;
  }

  /** The last place of the log that is in this view. */
  public Sequence sequence() {
    return sequence;
  }

  /**
   * Whether this is the same tail as {@code earlier} or a later moment of it. Then what that view
   * showed and this one does not has been deleted or replaced, and what only this one shows is in
   * the rows from {@code earlier.rowCount()} on.
   */
  public boolean continues(TailView earlier) {
    return tail == earlier.tail && sequence.compareTo(earlier.sequence) >= 0;
  }

  /** Whether this view shows the record at a place of an earlier moment of the same tail. */
  public boolean shows(RecordPlace place) {
    return switch (place) {
      case RecordPlace.InTail in -> shows(in.row().index());
      case RecordPlace.InSnapshot(RowAddress address) ->
          !hiddenRows.get(address.segment()).contains(address.row());
    };
  }

  /** Rows of each of the base's segments that this view does not show: deleted or replaced. */
  public List<DeletedRows> hiddenRows() {
    return hiddenRows;
  }

  public long liveRecords() {
    return liveRecords;
  }

  /** Operations folded since the base. */
  public long operations() {
    return operations;
  }

  /** Rows of the tail, live or not; their indexes are 0 to this, exclusive. */
  public int rowCount() {
    return rows.count();
  }

  /** A row of the tail. */
  public TailRow row(int index) {
    return rows.rows()[index];
  }

  /** Whether this view shows the row with this index. */
  public boolean shows(int index) {
    return rows.rows()[index].liveAt(sequence);
  }

  /** Every row of the tail that this view shows, in order of arrival. */
  public void forEachRow(Consumer<TailRow> action) {
    for (int i = 0; i < rows.count(); i++) {
      if (shows(i)) {
        action.accept(rows.rows()[i]);
      }
    }
  }

  /**
   * The rows' vectors: row i's is row i mod {@link #rowsPerTable} of table i / that. Rows at and
   * beyond {@link #rowCount} are not this view's.
   */
  public List<FloatTable> vectors() {
    return rows.vectors();
  }

  public static int rowsPerTable() {
    return TailVectors.PER_TABLE;
  }

  /** Where the record with this id stands, if this view shows one. */
  public Optional<RecordPlace> find(RecordId id) {
    TailEntry entry = entries.get(id);
    TailVersion version = entry == null ? null : entry.newest();
    while (version != null && version.from().compareTo(sequence) > 0) {
      version = version.older();
    }
    if (version != null) {
      return Optional.ofNullable(version.row()).map(RecordPlace.InTail::new);
    }
    return base.find(id).map(RecordPlace.InSnapshot::new);
  }

  /** Where the record at a place stands in insertion order. */
  public OrderKey order(RecordPlace place) {
    return switch (place) {
      case RecordPlace.InTail inTail -> inTail.row().record().order();
      case RecordPlace.InSnapshot(RowAddress address) ->
          base.segments().get(address.segment()).reader().order(address.row());
    };
  }

  public StoredRecord record(RecordPlace place) {
    return switch (place) {
      case RecordPlace.InTail inTail -> inTail.row().record();
      case RecordPlace.InSnapshot inSnapshot -> base.record(inSnapshot.address());
    };
  }
}
