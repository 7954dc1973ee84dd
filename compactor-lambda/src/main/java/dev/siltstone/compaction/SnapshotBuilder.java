package dev.siltstone.compaction;

import dev.siltstone.cache.SnapshotRecords;
import dev.siltstone.collection.Collection;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.lease.CompactionLease;
import dev.siltstone.log.Head;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Pin;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Writes and stores the files of one next snapshot, and composes its manifest. */
final class SnapshotBuilder {
  private final CompactionSteps steps;
  private final CompactionSettings settings;
  private final Collection collection;
  private final CompactionLease lease;
  private final Generation generation;
  private final CommitId commit;
  private final Instant createdAt;
  private long bytesWritten;

  SnapshotBuilder(
      CompactionSteps steps,
      CompactionSettings settings,
      Collection collection,
      CompactionLease lease,
      Generation generation) {
    this.steps = steps;
    this.settings = settings;
    this.collection = collection;
    this.lease = lease;
    this.generation = generation;
    this.commit = new CommitId(steps.ids().next());
    this.createdAt = steps.clock().now();
  }

  /**
   * The parent with a folded batch: its records in a new segment, what they replace as deleted
   * rows.
   *
   * @param base the parent's records
   */
  NextVersion folded(
      FoldedBatch batch, @Nullable Manifest parent, SnapshotRecords base, Head head) {
    List<SegmentEntry> segments = new ArrayList<>();
    if (parent != null) {
      parent.segments().forEach(entry -> remaining(entry, batch, base).ifPresent(segments::add));
    }
    if (!batch.records().isEmpty()) {
      segments.add(
          newSegment(
              batch.records().getFirst().embedding().dimension(),
              writer -> batch.records().forEach(writer::add)));
    }
    ContentChecksum content = parent == null ? ContentChecksum.EMPTY : parent.content();
    long live = parent == null ? 0 : parent.liveRecords();
    return new NextVersion(
        batch.folded(),
        shape(head),
        segments,
        content.plus(batch.content()),
        live + batch.liveRecords());
  }

  /**
   * The parent with a merged segment in its sources' place; the records are the same. Empty if it
   * cannot take it any more, see {@link MergedSegment#deletedSince}.
   *
   * @param base the parent's records
   */
  Optional<NextVersion> merged(MergedSegment merged, Manifest parent, SnapshotRecords base) {
    Set<SegmentId> present =
        parent.segments().stream().map(entry -> entry.segment().id()).collect(Collectors.toSet());
    return merged
        .deletedSince(id -> present.contains(id) ? base.deletedRows(id) : null)
        .map(deleted -> {
          List<SegmentEntry> segments =
              parent.segments().stream()
                  .filter(entry -> !merged.replaces(entry.segment().id()))
                  .collect(Collectors.toCollection(ArrayList::new));
          if (deleted.count() < merged.segment().rows()) {
            segments.add(
                new SegmentEntry(
                    merged.segment(),
                    deleted.isEmpty() ? null : store(merged.segment().id(), deleted)));
          }
          bytesWritten += merged.bytes();
          return new NextVersion(
              parent.folded(), parent.shape(), segments, parent.content(), parent.liveRecords());
        });
  }

  /** The manifest that names all this. */
  Manifest manifest(NextVersion next, @Nullable Published parent) {
    return composer().compose(next, parent);
  }

  /** The manifest that makes the target's content current again; nothing else is stored for it. */
  Manifest rolledBack(LogEntry.Rollback rollback, Manifest target, Published parent) {
    return composer().rolledBack(rollback, target, parent.manifest());
  }

  /** The manifest that pins a snapshot and changes nothing else. */
  Manifest pinned(Pin pin, Published parent) {
    return composer().pinned(parent.manifest(), pin);
  }

  private ManifestComposer composer() {
    return new ManifestComposer(settings, collection, generation, commit, lease.epoch(), createdAt);
  }

  /** Bytes of objects stored by this builder. */
  long bytesWritten() {
    return bytesWritten;
  }

  /** What a segment still shows; empty if that is nothing. */
  private Optional<SegmentEntry> remaining(
      SegmentEntry entry, FoldedBatch batch, SnapshotRecords base) {
    SegmentId id = entry.segment().id();
    RoaringBitmap replaced = batch.replaced().get(id);
    if (replaced == null) {
      return Optional.of(entry);
    }
    DeletedRows deleted = base.deletedRows(id).plus(replaced);
    return deleted.count() < entry.segment().rows()
        ? Optional.of(new SegmentEntry(entry.segment(), store(id, deleted)))
        : Optional.empty();
  }

  private DeletedRowsEntry store(SegmentId segment, DeletedRows deleted) {
    ObjectKey key =
        ObjectLayout.deletedRows(
            collection.id(), generation, createdAt, lease.epoch(), commit, segment);
    byte[] bytes = deleted.encode();
    steps.upload().put(key, ObjectBody.of(bytes));
    bytesWritten += bytes.length;
    return new DeletedRowsEntry(key, deleted.count(), bytes.length, Checksum.of(bytes));
  }

  private SegmentEntry newSegment(int dimension, Consumer<SegmentWriter> rows) {
    SegmentId id = new SegmentId(steps.ids().next());
    Epoch epoch = lease.epoch();
    try (SegmentScratch scratch = new SegmentScratch(steps.scratch());
        SegmentWriter writer =
            new SegmentWriter(scratch.path(), id, epoch, collection.space(), dimension)) {
      rows.accept(writer);
      SegmentDescriptor segment = writer.finish();
      lease.keep();
      bytesWritten += steps.upload().upload(collection.id(), segment, scratch.path());
      return new SegmentEntry(segment, null);
    }
  }

  private static @Nullable VectorShape shape(Head head) {
    return head.dimension() == 0
        ? null
        : new VectorShape(head.dimension(), head.embeddingFunction());
  }
}
