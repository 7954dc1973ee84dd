package dev.siltstone.snapshot;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.util.HashSet;
import java.util.Set;

/**
 * What holds for every manifest by itself, by name. Checked before every swap, so that no broken
 * version is ever published, and after every read. What holds between a version and the one before
 * it is in {@link SuccessionInvariants}.
 */
final class ManifestInvariants {
  private ManifestInvariants() {}

  /**
   * Checks a manifest by itself.
   *
   * @throws CorruptDataException naming the invariant that is broken
   */
  static void check(Manifest manifest) {
    require(manifest, "a published generation is at least 1", published(manifest.generation()));
    require(manifest, "ancestry is newest first and without gaps", ancestryIsAChain(manifest));
    require(manifest, "ancestry is complete up to its bound", ancestryIsComplete(manifest));
    require(manifest, "commits are distinct", commitsAreDistinct(manifest));
    require(manifest, "segments have distinct ids", segmentsAreDistinct(manifest));
    require(manifest, "segments have the collection's shape", segmentsHaveItsShape(manifest));
    require(
        manifest,
        "no segment was written by a later epoch",
        manifest.segments().stream()
            .allMatch(entry -> notAbove(entry.segment().epoch(), manifest.epoch())));
    require(
        manifest,
        "every segment shows a row",
        manifest.segments().stream().allMatch(entry -> entry.liveRows() > 0));
    require(
        manifest,
        "live rows of the segments add up to live records",
        manifest.segments().stream().mapToLong(SegmentEntry::liveRows).sum()
            == manifest.liveRecords());
    require(
        manifest,
        "no order key is beyond the folded sequence",
        manifest.segments().stream()
            .allMatch(entry -> entry.segment().last().sequence() <= manifest.folded().value()));
    require(
        manifest,
        "there is content exactly if there are live records",
        manifest.content().equals(ContentChecksum.EMPTY) == (manifest.liveRecords() == 0));
    require(
        manifest,
        "deleted rows are some, and stored by no later epoch",
        deletedRowsAreOlder(manifest));
    require(manifest, "folded ranges are newest first and without gaps", rangesAreAChain(manifest));
    require(manifest, "retained snapshots are older and newest first", retainedAreOlder(manifest));
    require(manifest, "pinned snapshots are retained", pinnedAreRetained(manifest));
    require(manifest, "rollbacks are folded and newest first", rollbacksAreFolded(manifest));
    require(manifest, "every key is the collection's own", keysAreItsOwn(manifest));
    require(manifest, "nothing that is used is retired", nothingUsedIsRetired(manifest));
  }

  private static boolean published(Generation generation) {
    return generation.compareTo(Generation.ZERO) > 0;
  }

  private static boolean ancestryIsAChain(Manifest manifest) {
    long expected = manifest.generation().value() - 1;
    for (Ancestor ancestor : manifest.ancestry()) {
      if (ancestor.generation().value() != expected--) {
        return false;
      }
    }
    return true;
  }

  private static boolean ancestryIsComplete(Manifest manifest) {
    return manifest.ancestry().size()
        == Math.min(manifest.generation().value() - 1, Manifest.MAX_ANCESTRY);
  }

  private static boolean commitsAreDistinct(Manifest manifest) {
    Set<CommitId> commits = new HashSet<>();
    commits.add(manifest.commit());
    return manifest.ancestry().stream().allMatch(ancestor -> commits.add(ancestor.commit()));
  }

  private static boolean segmentsAreDistinct(Manifest manifest) {
    return manifest.segments().stream().map(entry -> entry.segment().id()).distinct().count()
        == manifest.segments().size();
  }

  private static boolean segmentsHaveItsShape(Manifest manifest) {
    if (manifest.shape() == null) {
      return manifest.segments().isEmpty();
    }
    int dimension = manifest.shape().dimension();
    for (SegmentEntry entry : manifest.segments()) {
      SegmentDescriptor segment = entry.segment();
      if (segment.dimension() != dimension || segment.space() != manifest.space()) {
        return false;
      }
    }
    return true;
  }

  private static boolean deletedRowsAreOlder(Manifest manifest) {
    for (SegmentEntry entry : manifest.segments()) {
      DeletedRowsEntry deleted = entry.deleted();
      if (deleted != null
          && (deleted.count() < 1
              || !ObjectLayout.writerEpoch(deleted.key())
                  .filter(epoch -> notAbove(epoch, manifest.epoch()))
                  .isPresent())) {
        return false;
      }
    }
    return true;
  }

  private static boolean rangesAreAChain(Manifest manifest) {
    Sequence upTo = manifest.folded();
    Generation notAfter = manifest.generation();
    for (FoldedRange range : manifest.foldedRanges()) {
      if (!range.upTo().equals(upTo)
          || range.after().compareTo(upTo) >= 0
          || range.generation().compareTo(notAfter) > 0) {
        return false;
      }
      upTo = range.after();
      notAfter = range.generation();
    }
    return !manifest.foldedRanges().isEmpty() || manifest.folded().equals(Sequence.ZERO);
  }

  private static boolean retainedAreOlder(Manifest manifest) {
    Generation after = manifest.generation();
    Sequence folded = manifest.folded();
    for (RetainedSnapshot retained : manifest.retained()) {
      if (retained.generation().compareTo(after) >= 0 || retained.folded().compareTo(folded) > 0) {
        return false;
      }
      after = retained.generation();
      folded = retained.folded();
    }
    return true;
  }

  private static boolean pinnedAreRetained(Manifest manifest) {
    return manifest.pins().stream()
        .map(Pin::generation)
        .allMatch(pinned ->
            pinned.equals(manifest.generation()) || manifest.retained(pinned).isPresent());
  }

  private static boolean rollbacksAreFolded(Manifest manifest) {
    Sequence notAfter = manifest.folded();
    for (RolledBack rollback : manifest.rollbacks()) {
      if (rollback.sequence().compareTo(notAfter) > 0
          || rollback.targetFolded().compareTo(rollback.sequence()) >= 0
          || rollback.target().compareTo(rollback.before()) > 0
          || rollback.before().compareTo(manifest.generation()) >= 0) {
        return false;
      }
      notAfter = new Sequence(rollback.sequence().value() - 1);
    }
    return true;
  }

  private static boolean keysAreItsOwn(Manifest manifest) {
    String snapshots = ObjectLayout.snapshotPrefix(manifest.collection());
    String segments = ObjectLayout.segmentPrefix(manifest.collection());
    return manifest.segments().stream()
            .map(SegmentEntry::deleted)
            .allMatch(deleted -> deleted == null || deleted.key().value().startsWith(snapshots))
        && manifest.retained().stream()
            .allMatch(retained -> retained.manifest().value().startsWith(snapshots))
        && manifest.retired().stream()
            .map(retired -> retired.key().value())
            .allMatch(key -> key.startsWith(snapshots) || key.startsWith(segments));
  }

  private static boolean nothingUsedIsRetired(Manifest manifest) {
    Set<ObjectKey> retired = new HashSet<>();
    manifest.retired().forEach(object -> retired.add(object.key()));
    if (manifest.retained().stream().anyMatch(kept -> retired.contains(kept.manifest()))) {
      return false;
    }
    for (SegmentEntry entry : manifest.segments()) {
      DeletedRowsEntry deleted = entry.deleted();
      if (deleted != null && retired.contains(deleted.key())) {
        return false;
      }
      if (entry.segment().files().stream()
          .map(file -> entry.segment().keyOf(manifest.collection(), file))
          .anyMatch(retired::contains)) {
        return false;
      }
    }
    return true;
  }

  static boolean notAbove(Epoch lower, Epoch upper) {
    return lower.compareTo(upper) <= 0;
  }

  static void require(Manifest manifest, String invariant, boolean holds) {
    if (!holds) {
      throw new CorruptDataException(
          "manifest of generation %s of collection %s breaks an invariant: %s"
              .formatted(manifest.generation(), manifest.collection(), invariant));
    }
  }
}
