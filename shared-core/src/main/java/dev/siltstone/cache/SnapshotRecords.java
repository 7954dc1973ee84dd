package dev.siltstone.cache;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.ids.IdEntry;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Records of a collection's published snapshots by id, a batch at a time. What is not on this
 * machine is fetched by range, side by side: the pages, blocks and vectors that the batch touches;
 * a file of which it touches a third, whole. Every byte that is returned has been compared with a
 * checksum.
 *
 * <p>Lives as long as a run and follows it from snapshot to snapshot, so that what two of them have
 * in common is opened once. Belongs to one thread.
 */
public final class SnapshotRecords implements AutoCloseable {
  /** Records whose content is fetched at once, which bounds memory. */
  private static final int BATCH = 4_096;

  private final CollectionId collection;
  private final SegmentCache cache;
  private final DeletedRowsReader deletedRows;
  private final SideBySide fetchers;
  private final Map<SegmentId, SegmentEntry> entries = new LinkedHashMap<>();
  private final Map<SegmentId, SegmentRecords> open = new HashMap<>();
  private final Map<ObjectKey, DeletedRows> deleted = new ConcurrentHashMap<>();

  SnapshotRecords(
      CollectionId collection,
      SegmentCache cache,
      DeletedRowsReader deletedRows,
      SideBySide fetchers) {
    this.collection = collection;
    this.cache = cache;
    this.deletedRows = deletedRows;
    this.fetchers = fetchers;
  }

  /** From now on reads this version. */
  public void moveTo(List<SegmentEntry> segments) {
    entries.clear();
    segments.forEach(entry -> entries.put(entry.segment().id(), entry));
    Set<ObjectKey> named =
        segments.stream()
            .flatMap(entry -> entry.deletedRows().stream())
            .map(DeletedRowsEntry::key)
            .collect(Collectors.toSet());
    deleted.keySet().retainAll(named);
    open.entrySet()
        .removeIf(one -> {
          boolean gone = !entries.containsKey(one.getKey());
          if (gone) {
            one.getValue().close();
          }
          return gone;
        });
  }

  /**
   * Where this version has the records with these ids; those that it does not have are left out.
   *
   * @throws CorruptDataException if a file is damaged
   * @throws dev.siltstone.failure.UnavailableException if the store does not answer
   */
  public Map<RecordId, FoundRow> find(Set<RecordId> ids) {
    return againIfDamaged(() -> findOnce(ids));
  }

  /**
   * The records at these places.
   *
   * @throws CorruptDataException if a file is damaged
   * @throws dev.siltstone.failure.UnavailableException if the store does not answer
   */
  public Map<RecordId, StoredRecord> read(Collection<FoundRow> places) {
    List<FoundRow> sorted =
        places.stream()
            .sorted(
                Comparator.comparing(FoundRow::segment)
                    .thenComparingInt(place -> place.entry().row()))
            .toList();
    againIfDamaged(() -> prepare(sorted));
    Map<RecordId, StoredRecord> records = new HashMap<>();
    for (int from = 0; from < sorted.size(); from += BATCH) {
      List<FoundRow> batch = sorted.subList(from, Math.min(sorted.size(), from + BATCH));
      records.putAll(againIfDamaged(() -> readOnce(batch)));
    }
    return records;
  }

  /** The rows of a segment that this version does not show. */
  public DeletedRows deletedRows(SegmentId segment) {
    return entry(segment)
        .deletedRows()
        .map(rows -> deleted.computeIfAbsent(rows.key(), _ -> deletedRows.read(rows)))
        .orElse(DeletedRows.NONE);
  }

  @Override
  public void close() {
    open.values().forEach(SegmentRecords::close);
    open.clear();
  }

  private Map<RecordId, FoundRow> findOnce(Set<RecordId> ids) {
    List<SegmentRecords> segments = entries.keySet().stream().map(this::segment).toList();
    fetch(segments, SegmentRecords::directoryFetches);
    fetch(segments, records -> records.pageFetches(ids));
    Map<SegmentId, List<IdEntry>> known = new LinkedHashMap<>();
    for (SegmentId segment : entries.keySet()) {
      List<IdEntry> hits =
          ids.stream().map(segment(segment)::find).filter(Objects::nonNull).toList();
      if (!hits.isEmpty()) {
        known.put(segment, hits);
      }
    }
    segments.forEach(SegmentRecords::forget);
    return shown(known);
  }

  private Map<RecordId, FoundRow> shown(Map<SegmentId, List<IdEntry>> known) {
    fetch(known.keySet(), segment -> List.of(() -> deletedRows(segment)));
    Map<RecordId, FoundRow> found = new HashMap<>();
    known.forEach((segment, hits) -> {
      DeletedRows hidden = deletedRows(segment);
      for (IdEntry hit : hits) {
        if (!hidden.contains(hit.row())) {
          found.put(hit.id(), new FoundRow(segment, hit));
        }
      }
    });
    return found;
  }

  private Map<RecordId, StoredRecord> readOnce(List<FoundRow> places) {
    Map<SegmentId, List<IdEntry>> bySegment = prepare(places);
    fetch(
        bySegment.entrySet(),
        touched -> segment(touched.getKey()).contentFetches(touched.getValue()));
    Map<RecordId, StoredRecord> records = new HashMap<>();
    bySegment.forEach((id, touched) -> {
      SegmentRecords segment = segment(id);
      RowCursor cursor = segment.cursor();
      touched.forEach(entry -> records.put(entry.id(), segment.record(entry, cursor)));
      segment.forget();
    });
    return records;
  }

  /** Opens the files behind these places, and fetches those whole of which they are a third. */
  private Map<SegmentId, List<IdEntry>> prepare(List<FoundRow> places) {
    Map<SegmentId, List<IdEntry>> bySegment = new TreeMap<>();
    for (FoundRow place : places) {
      bySegment.computeIfAbsent(place.segment(), _ -> new ArrayList<>()).add(place.entry());
    }
    fetch(bySegment.keySet(), id -> segment(id).tableFetches());
    fetch(
        bySegment.entrySet(),
        touched -> segment(touched.getKey()).wholeFetches(touched.getValue()));
    return bySegment;
  }

  /**
   * Damage may have happened on the way here or on this machine's disk: drops what is damaged here
   * and fetches once more.
   */
  private <T> T againIfDamaged(Supplier<T> step) {
    try {
      return step.get();
    } catch (CorruptDataException e) {
      close();
      entries.values().forEach(entry -> cache.distrust(entry.segment()));
      return step.get();
    }
  }

  private <T> void fetch(Collection<T> parts, Function<T, List<Runnable>> fetches) {
    fetchers.run(parts.stream().flatMap(part -> fetches.apply(part).stream()).toList());
  }

  private SegmentRecords segment(SegmentId id) {
    return open.computeIfAbsent(
        id,
        _ ->
            new SegmentRecords(
                entry(id).segment(), file -> cache.source(collection, entry(id).segment(), file)));
  }

  private SegmentEntry entry(SegmentId id) {
    SegmentEntry entry = entries.get(id);
    if (entry == null) {
      throw new IllegalArgumentException("this version has no segment " + id);
    }
    return entry;
  }
}
