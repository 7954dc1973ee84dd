package dev.siltstone.snapshot;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectLayout;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Manifests that hold every invariant. */
final class Versions {
  static final CollectionId COLLECTION = new CollectionId(new UUID(7, 7));
  static final Instant AT = Instant.parse("2026-11-20T12:34:56.789Z");

  private Versions() {}

  static CommitId commit(long number) {
    return new CommitId(new UUID(0xc, number));
  }

  /** The first version: two segments, one with deleted rows. */
  static Manifest first(long commit, long epoch) {
    return draft(commit, epoch).manifest();
  }

  private static ManifestDraft draft(long commit, long epoch) {
    ManifestDraft draft = new ManifestDraft();
    draft.collection = COLLECTION;
    draft.generation = new Generation(1);
    draft.commit = commit(commit);
    draft.epoch = new Epoch(epoch);
    draft.createdAt = AT;
    draft.ancestry = List.of();
    draft.folded = new Sequence(4);
    draft.shape = new VectorShape(3, "all-MiniLM-L6-v2");
    draft.space = Space.COSINE;
    SegmentDescriptor older = segment(1, epoch, 5, 1, 2);
    SegmentDescriptor newer = segment(2, epoch, 2, 3, 4);
    draft.segments = List.of(new SegmentEntry(older, deleted(draft, older, 2)), shown(newer));
    draft.content = new ContentChecksum(1, 2);
    draft.liveRecords = 5;
    draft.foldedRanges = List.of(new FoldedRange(Sequence.ZERO, draft.folded, draft.generation));
    draft.retained = List.of();
    draft.retired = List.of();
    return draft;
  }

  /** A successor that folds one more place with one more record, in a segment of its own. */
  static Manifest after(Manifest parent, long commit, long epoch) {
    ManifestDraft draft = new ManifestDraft(parent);
    draft.generation = parent.generation().next();
    draft.commit = commit(commit);
    draft.epoch = new Epoch(epoch);
    draft.createdAt = parent.createdAt().plusSeconds(1);
    draft.ancestry =
        with(new Ancestor(parent.generation(), parent.commit()), parent.ancestry()).stream()
            .limit(Manifest.MAX_ANCESTRY)
            .toList();
    draft.folded = parent.folded().next();
    long place = draft.folded.value();
    draft.segments = with(shown(segment(place, epoch, 1, place, place)), parent.segments());
    draft.content = new ContentChecksum(1, draft.generation.value() + 2);
    draft.liveRecords = parent.liveRecords() + 1;
    draft.foldedRanges =
        with(
            new FoldedRange(parent.folded(), draft.folded, draft.generation),
            parent.foldedRanges());
    draft.retained =
        with(
            new RetainedSnapshot(
                parent.generation(), parent.key(), parent.folded(), parent.createdAt()),
            parent.retained());
    return draft.manifest();
  }

  static SegmentEntry shown(SegmentDescriptor segment) {
    return new SegmentEntry(segment, null);
  }

  static SegmentDescriptor segment(long id, long epoch, int rows, long first, long last) {
    return new SegmentDescriptor(
        new SegmentId(new UUID(0x5, id)),
        new Epoch(epoch),
        rows,
        3,
        Space.COSINE,
        new OrderKey(first, 0),
        new OrderKey(last, 7),
        id == 1,
        List.of(
            new SegmentFile("ids.idx", 100 + id, Checksum.of(new byte[] {1, (byte) id})),
            new SegmentFile("rows.blk", 200 + id, Checksum.of(new byte[] {2, (byte) id}))));
  }

  static DeletedRowsEntry deleted(ManifestDraft draft, SegmentDescriptor segment, int count) {
    return new DeletedRowsEntry(
        ObjectLayout.deletedRows(
            draft.collection,
            draft.generation,
            draft.createdAt,
            draft.epoch,
            draft.commit,
            segment.id()),
        count,
        17,
        Checksum.of(new byte[] {3}));
  }

  private static <T> List<T> with(T first, List<T> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }
}
