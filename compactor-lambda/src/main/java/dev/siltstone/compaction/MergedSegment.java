package dev.siltstone.compaction;

import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A segment that was merged and stored while the run went on publishing: rows that it copied may
 * have been deleted meanwhile.
 *
 * @param bytes of its stored files
 */
record MergedSegment(SegmentDescriptor segment, List<Source> sources, long bytes) {
  MergedSegment {
    sources = List.copyOf(sources);
  }

  /**
   * One of the segments that it replaces.
   *
   * @param deleted rows that were deleted when the merge began
   * @param newRows for each row of the source its row in the new segment, or {@link
   *     SegmentMerger#GONE}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Source(SegmentId id, DeletedRows deleted, int[] newRows) {}

  boolean replaces(SegmentId id) {
    return sources.stream().anyMatch(source -> source.id().equals(id));
  }

  /**
   * The rows of the new segment that are deleted by now, or empty if it cannot take its sources'
   * place: one is not there any more, or shows a row again that was not copied.
   *
   * @param deletedNow the deleted rows of a segment in the snapshot to change, null if it is not
   *     there
   */
  Optional<DeletedRows> deletedSince(Function<SegmentId, @Nullable DeletedRows> deletedNow) {
    RoaringBitmap deleted = new RoaringBitmap();
    for (Source source : sources) {
      DeletedRows now = deletedNow.apply(source.id());
      if (now == null) {
        return Optional.empty();
      }
      RoaringBitmap shownAgain = source.deleted().toBitmap();
      now.removeFrom(shownAgain);
      if (!shownAgain.isEmpty()) {
        return Optional.empty();
      }
      RoaringBitmap since = now.toBitmap();
      source.deleted().removeFrom(since);
      since.forEach((int row) -> deleted.add(source.newRows()[row]));
    }
    return Optional.of(DeletedRows.of(deleted));
  }
}
