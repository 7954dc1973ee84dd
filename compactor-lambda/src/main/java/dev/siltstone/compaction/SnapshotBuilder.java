package dev.siltstone.compaction;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.collection.Collection;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.lease.CompactionLease;
import dev.siltstone.log.Head;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.tail.TailView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes and stores the files of one next snapshot, and composes its manifest. */
final class SnapshotBuilder {
  private final CompactionSteps steps;
  private final CompactionSettings settings;
  private final Collection collection;
  private final CompactionLease lease;
  private final OpenSnapshot base;
  private final Generation generation;
  private final CommitId commit;
  private final Instant createdAt;
  private long bytesWritten;

  SnapshotBuilder(
      CompactionSteps steps,
      CompactionSettings settings,
      Collection collection,
      CompactionLease lease,
      OpenSnapshot base,
      Generation generation) {
    this.steps = steps;
    this.settings = settings;
    this.collection = collection;
    this.lease = lease;
    this.base = base;
    this.generation = generation;
    this.commit = new CommitId(steps.ids().next());
    this.createdAt = steps.clock().now();
  }

  /**
   * The base with a folded tail: its records in a new segment, what they replace as deleted rows.
   */
  NextVersion folded(TailView view, Head head) {
    FoldedSegments folded = new FoldedSegments(view);
    List<SegmentEntry> segments = keptSegments(folded);
    List<StoredRecord> records = folded.records();
    if (!records.isEmpty()) {
      segments.add(
          newSegment(
              records.getFirst().embedding().dimension(), writer -> records.forEach(writer::add)));
    }
    ContentChecksum before = base.manifest().map(Manifest::content).orElse(ContentChecksum.EMPTY);
    return new NextVersion(
        view.sequence(), shape(head), segments, folded.content(before), view.liveRecords());
  }

  /** The base with some segments merged into one; the records are the same. */
  NextVersion merged(List<SegmentId> chosen, Manifest parent) {
    Set<SegmentId> merging = Set.copyOf(chosen);
    List<OpenSegment> sources = new ArrayList<>();
    List<SegmentEntry> segments = new ArrayList<>();
    for (int i = 0; i < parent.segments().size(); i++) {
      if (merging.contains(parent.segments().get(i).segment().id())) {
        sources.add(base.segments().get(i));
      } else {
        segments.add(parent.segments().get(i));
      }
    }
    if (sources.stream().anyMatch(source -> source.liveRows() > 0)) {
      SegmentMerger merger = new SegmentMerger(sources, lease::keep);
      segments.add(
          newSegment(sources.getFirst().reader().descriptor().dimension(), merger::writeTo));
    }
    return new NextVersion(
        parent.folded(), parent.shape(), segments, parent.content(), parent.liveRecords());
  }

  /** The manifest that names all this. */
  Manifest manifest(NextVersion next, @Nullable Published parent) {
    return new ManifestComposer(settings, collection, generation, commit, lease.epoch(), createdAt)
        .compose(next, parent);
  }

  /** Bytes of objects stored by this builder. */
  long bytesWritten() {
    return bytesWritten;
  }

  static List<MergePlanner.Candidate> candidates(OpenSnapshot snapshot) {
    return snapshot.segments().stream()
        .map(open ->
            new MergePlanner.Candidate(
                open.reader().descriptor().id(), open.reader().rows(), open.liveRows()))
        .toList();
  }

  /**
   * The base's segments with the rows that are deleted now; those without a live row are left out.
   */
  private List<SegmentEntry> keptSegments(FoldedSegments folded) {
    List<SegmentEntry> kept = new ArrayList<>();
    List<SegmentEntry> before = base.manifest().map(Manifest::segments).orElseGet(List::of);
    for (int i = 0; i < before.size(); i++) {
      SegmentDescriptor segment = before.get(i).segment();
      DeletedRows deleted = folded.deletedAfter(i);
      if (!folded.changes(i)) {
        kept.add(before.get(i));
      } else if (deleted.count() < segment.rows()) {
        kept.add(new SegmentEntry(segment, store(segment.id(), deleted)));
      }
    }
    return kept;
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
