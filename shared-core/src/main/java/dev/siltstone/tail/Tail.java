package dev.siltstone.tail;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.cache.RowAddress;
import dev.siltstone.collection.Space;
import dev.siltstone.identity.Sequence;
import dev.siltstone.record.Fold;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the log after a snapshot makes of it. One writer at a time appends deltas in sequence order;
 * any number of readers work on {@link #view views}, without locks and without copies: a changed
 * record gets a new row, rows carry the span of sequences in which they are live, and what is
 * appended later is invisible to an older view.
 */
public final class Tail {
  private final OpenSnapshot base;
  private final Map<RecordId, TailEntry> entries = new ConcurrentHashMap<>();
  private final TailRows rows;
  private final List<LogPlace> places = new ArrayList<>();
  private volatile TailView view;

  /**
   * An empty tail.
   *
   * @param base the snapshot it stands on, open as long as this tail and its views are used
   * @param folded the last sequence that {@code base} folds
   * @param space how the collection compares vectors
   */
  public Tail(OpenSnapshot base, Sequence folded, Space space) {
    this.base = base;
    this.rows = new TailRows(space);
    List<DeletedRows> hidden = new ArrayList<>();
    base.segments().forEach(segment -> hidden.add(segment.deleted()));
    this.view =
        new TailView(this, base, folded, entries, rows.upToNow(), hidden, base.liveRecords(), 0);
  }

  /** Everything appended so far. */
  public TailView view() {
    return view;
  }

  /**
   * Folds the next place of the log.
   *
   * @throws IllegalArgumentException if the place is not the next one
   */
  public synchronized void append(LogPlace next) {
    Sequence place = next.sequence();
    List<Operation> operations = next.operations();
    if (!place.equals(view.sequence().next())) {
      throw new IllegalArgumentException("place " + place + " does not follow " + view.sequence());
    }
    Map<RecordId, Touched> touched = fold(place, operations);
    places.add(next);
    List<DeletedRows> hidden = hide(touched);
    long live = view.liveRecords();
    for (Map.Entry<RecordId, Touched> change : touched.entrySet()) {
      live += commit(change.getKey(), change.getValue(), place);
    }
    view =
        new TailView(
            this,
            base,
            place,
            entries,
            rows.upToNow(),
            hidden,
            live,
            view.operations() + operations.size());
  }

  /** The places appended after {@code sequence}, to build a tail on a newer snapshot from. */
  public synchronized List<LogPlace> placesAfter(Sequence sequence) {
    return places.stream().filter(place -> place.sequence().compareTo(sequence) > 0).toList();
  }

  private Map<RecordId, Touched> fold(Sequence place, List<Operation> operations) {
    Map<RecordId, Touched> touched = new LinkedHashMap<>();
    int index = 0;
    for (Operation operation : operations) {
      Touched record = touched.computeIfAbsent(operation.id(), this::before);
      record.after = Fold.apply(record.after, operation, new OrderKey(place.value(), index++));
    }
    touched.values().removeIf(record -> record.after == record.before);
    return touched;
  }

  private Touched before(RecordId id) {
    TailEntry entry = entries.get(id);
    if (entry != null) {
      TailVersion newest = entry.newest();
      return new Touched(newest.row() == null ? null : newest.row().record(), entry.base());
    }
    RowAddress address = base.find(id).orElse(null);
    return new Touched(address == null ? null : base.record(address), address);
  }

  private List<DeletedRows> hide(Map<RecordId, Touched> touched) {
    Map<Integer, RoaringBitmap> bySegment = new LinkedHashMap<>();
    touched.forEach((id, record) -> {
      if (record.base != null && !entries.containsKey(id)) {
        bySegment
            .computeIfAbsent(record.base.segment(), _ -> new RoaringBitmap())
            .add(record.base.row());
      }
    });
    List<DeletedRows> hidden = new ArrayList<>(view.hiddenRows());
    bySegment.forEach((segment, more) -> hidden.set(segment, hidden.get(segment).plus(more)));
    return hidden;
  }

  /** Records one change; returns by how much the number of live records grows. */
  private int commit(RecordId id, Touched change, Sequence place) {
    TailEntry entry = entries.get(id);
    TailVersion older = entry == null ? null : entry.newest();
    if (older != null && older.row() != null) {
      older.row().end(place);
    }
    TailRow row = change.after == null ? null : rows.add(change.after, place);
    TailVersion newest = new TailVersion(place, row, older);
    if (entry == null) {
      entries.put(id, new TailEntry(change.base, newest));
    } else {
      entry.replaceNewest(newest);
    }
    return (change.after == null ? 0 : 1) - (change.before == null ? 0 : 1);
  }

  /** A record while one delta is folded. */
  private static final class Touched {
    private final @Nullable StoredRecord before;
    private final @Nullable RowAddress base;
    private @Nullable StoredRecord after;

    private Touched(@Nullable StoredRecord before, @Nullable RowAddress base) {
      this.before = before;
      this.after = before;
      this.base = base;
    }
  }
}
