package dev.siltstone.snapshot;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A manifest with its fields open, so that a test can change one. */
final class ManifestDraft {
  CollectionId collection = Versions.COLLECTION;
  Generation generation = Generation.ZERO;
  CommitId commit = Versions.commit(0);
  Epoch epoch = Epoch.ZERO;
  Instant createdAt = Versions.AT;
  List<Ancestor> ancestry = List.of();
  Sequence folded = Sequence.ZERO;
  @Nullable VectorShape shape;
  Space space = Space.L2;
  List<SegmentEntry> segments = List.of();
  ContentChecksum content = ContentChecksum.EMPTY;
  long liveRecords;
  List<FoldedRange> foldedRanges = List.of();
  List<RetainedSnapshot> retained = List.of();
  List<RetiredObject> retired = List.of();
  List<Pin> pins = List.of();
  List<RolledBack> rollbacks = List.of();

  ManifestDraft() {}

  ManifestDraft(Manifest from) {
    collection = from.collection();
    generation = from.generation();
    commit = from.commit();
    epoch = from.epoch();
    createdAt = from.createdAt();
    ancestry = from.ancestry();
    folded = from.folded();
    shape = from.shape();
    space = from.space();
    segments = from.segments();
    content = from.content();
    liveRecords = from.liveRecords();
    foldedRanges = from.foldedRanges();
    retained = from.retained();
    retired = from.retired();
    pins = from.pins();
    rollbacks = from.rollbacks();
  }

  Manifest manifest() {
    return new Manifest(
        collection,
        generation,
        commit,
        epoch,
        createdAt,
        ancestry,
        folded,
        shape,
        space,
        segments,
        content,
        liveRecords,
        foldedRanges,
        retained,
        retired,
        pins,
        rollbacks);
  }
}
