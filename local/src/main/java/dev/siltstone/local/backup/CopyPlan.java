package dev.siltstone.local.backup;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.LogStart;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.local.backup.WantedObject.Presence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a collection's moment becomes in another store: the same records, under the same id or
 * another. Its first version there is a child of the one that was copied, and has no older ones.
 * Computed from its arguments alone, and the commit from the moment and the id alone: so whoever
 * finds it in a pointer knows what the pointer is a copy of.
 *
 * @param as the collection's id in the copy
 * @param at when the copy is made
 */
record CopyPlan(CollectionMoment moment, CollectionId as, Instant at) {
  /** Of a collection that was never published, so that the lock's next epoch is above it. */
  private static final Epoch FIRST = Epoch.ZERO.next();

  CommitId commit() {
    String name =
        "copy of %s, %s, %s as %s"
            .formatted(
                original(),
                moment.snapshot().map(Manifest::commit),
                moment.head().lastReserved(),
                as);
    return new CommitId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  Manifest manifest() {
    return moment.snapshot().map(this::child).orElseGet(this::empty);
  }

  private Manifest child(Manifest parent) {
    return new Manifest(
        as,
        parent.generation().next(),
        commit(),
        parent.epoch(),
        at,
        parent.ancestryOfNext(),
        parent.folded(),
        parent.shape(),
        parent.space(),
        parent.segments().stream().map(this::there).toList(),
        parent.content(),
        parent.liveRecords(),
        parent.foldedRanges(),
        List.of(),
        List.of(),
        List.of(),
        parent.rollbacks());
  }

  private Manifest empty() {
    return new Manifest(
        as,
        Generation.ZERO.next(),
        commit(),
        FIRST,
        at,
        List.of(),
        Sequence.ZERO,
        null,
        moment.collection().space(),
        List.of(),
        ContentChecksum.EMPTY,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** What the log there holds from the beginning. */
  List<LogEntry> entries() {
    return moment.entries().stream().map(this::there).toList();
  }

  Collection collection() {
    Collection settings = moment.collection();
    return new Collection(
        as,
        settings.tenant(),
        settings.database(),
        settings.name(),
        settings.space(),
        settings.hnsw(),
        settings.embeddingFunctionJson(),
        settings.schemaJson(),
        settings.metadata(),
        settings.settingsVersion());
  }

  LogStart logStart() {
    return new LogStart(
        moment.head().lastReserved(),
        moment.folded(),
        moment.head().dimension(),
        moment.head().embeddingFunction());
  }

  /** The deltas of the log first: they are the first to go when somebody folds them. */
  List<WantedObject> objects() {
    List<WantedObject> wanted = new ArrayList<>();
    moment.entries().forEach(entry -> addDelta(entry, wanted));
    moment
        .snapshot()
        .ifPresent(manifest -> manifest.segments().forEach(entry -> addSegment(entry, wanted)));
    return wanted;
  }

  private void addDelta(LogEntry entry, List<WantedObject> wanted) {
    switch (entry) {
      case LogEntry.Committed committed ->
          wanted.add(
              wanted(committed.key(), committed.bytes(), committed.checksum(), Presence.REQUIRED));
      case LogEntry.Quarantined bad ->
          wanted.add(wanted(bad.key(), bad.bytes(), bad.checksum(), Presence.OPTIONAL));
      case LogEntry.Voided _, LogEntry.Rollback _ -> {}
    }
  }

  private void addSegment(SegmentEntry entry, List<WantedObject> wanted) {
    entry
        .segment()
        .files()
        .forEach(file ->
            wanted.add(
                wanted(
                    entry.segment().keyOf(original(), file),
                    file.bytes(),
                    file.checksum(),
                    Presence.REQUIRED)));
    entry
        .deletedRows()
        .ifPresent(rows ->
            wanted.add(wanted(rows.key(), rows.bytes(), rows.checksum(), Presence.REQUIRED)));
  }

  private WantedObject wanted(ObjectKey key, long bytes, Checksum checksum, Presence presence) {
    return new WantedObject(key, there(key), bytes, checksum, presence);
  }

  private SegmentEntry there(SegmentEntry entry) {
    DeletedRowsEntry rows = entry.deleted();
    return rows == null
        ? entry
        : new SegmentEntry(
            entry.segment(),
            new DeletedRowsEntry(there(rows.key()), rows.count(), rows.bytes(), rows.checksum()));
  }

  private LogEntry there(LogEntry entry) {
    return switch (entry) {
      case LogEntry.Committed of ->
          new LogEntry.Committed(
              of.sequence(), of.delta(), there(of.key()), of.count(), of.bytes(), of.checksum());
      case LogEntry.Quarantined of ->
          new LogEntry.Quarantined(
              of.sequence(),
              of.delta(),
              there(of.key()),
              of.count(),
              of.bytes(),
              of.checksum(),
              of.reason());
      case LogEntry.Voided _ -> entry;
      case LogEntry.Rollback _ -> throw new IllegalArgumentException("a moment has no " + entry);
    };
  }

  private ObjectKey there(ObjectKey key) {
    return ObjectLayout.inCollection(key, original(), as);
  }

  private CollectionId original() {
    return moment.collection().id();
  }
}
