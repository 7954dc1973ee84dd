package dev.siltstone.snapshot;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.storage.ObjectLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every manifest, by name. Checked before every swap, so that no broken version is
 * ever published, and after every read.
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
    require(manifest, "ancestry is bounded", manifest.ancestry().size() <= Manifest.MAX_ANCESTRY);
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
    require(manifest, "deleted rows are stored by no later epoch", deletedRowsAreOlder(manifest));
    require(manifest, "retained snapshots are older and newest first", retainedAreOlder(manifest));
    require(manifest, "nothing that is used is retired", nothingUsedIsRetired(manifest));
  }

  /**
   * Checks a manifest as the successor of the version it is to replace.
   *
   * @param parent null for the first
   */
  static void checkSuccession(@Nullable Manifest parent, Manifest next) {
    check(next);
    Generation before = parent == null ? Generation.ZERO : parent.generation();
    require(next, "generation is the parent's and one", next.generation().equals(before.next()));
    if (parent == null) {
      require(next, "the first version has no ancestry", next.ancestry().isEmpty());
      return;
    }
    require(next, "the collection is the parent's", next.collection().equals(parent.collection()));
    require(next, "the space is the parent's", next.space() == parent.space());
    require(
        next,
        "the parent is the newest ancestor",
        !next.ancestry().isEmpty() && next.ancestry().getFirst().commit().equals(parent.commit()));
    require(next, "the epoch does not fall", notAbove(parent.epoch(), next.epoch()));
    require(
        next, "the folded sequence does not fall", parent.folded().compareTo(next.folded()) <= 0);
    require(
        next,
        "a shape, once known, stays",
        parent.shape() == null || parent.shape().equals(next.shape()));
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
          && !ObjectLayout.writerEpoch(deleted.key())
              .filter(epoch -> notAbove(epoch, manifest.epoch()))
              .isPresent()) {
        return false;
      }
    }
    return true;
  }

  private static boolean retainedAreOlder(Manifest manifest) {
    Generation after = manifest.generation();
    for (RetainedSnapshot retained : manifest.retained()) {
      if (retained.generation().compareTo(after) >= 0) {
        return false;
      }
      after = retained.generation();
    }
    return true;
  }

  private static boolean nothingUsedIsRetired(Manifest manifest) {
    List<String> retired = manifest.retired().stream().map(object -> object.key().value()).toList();
    for (SegmentEntry entry : manifest.segments()) {
      DeletedRowsEntry deleted = entry.deleted();
      if (deleted != null && retired.contains(deleted.key().value())) {
        return false;
      }
      if (entry.segment().files().stream()
          .map(file -> entry.segment().keyOf(manifest.collection(), file).value())
          .anyMatch(retired::contains)) {
        return false;
      }
    }
    return true;
  }

  private static boolean notAbove(Epoch lower, Epoch upper) {
    return lower.compareTo(upper) <= 0;
  }

  private static void require(Manifest manifest, String invariant, boolean holds) {
    if (!holds) {
      throw new CorruptDataException(
          "manifest of generation %s of collection %s breaks an invariant: %s"
              .formatted(manifest.generation(), manifest.collection(), invariant));
    }
  }
}
