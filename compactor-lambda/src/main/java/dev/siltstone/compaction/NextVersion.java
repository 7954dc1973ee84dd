package dev.siltstone.compaction;

import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run wants to publish next, before it has a name. */
record NextVersion(
    Sequence folded,
    @Nullable VectorShape shape,
    List<SegmentEntry> segments,
    ContentChecksum content,
    long liveRecords) {
  NextVersion {
    segments = List.copyOf(segments);
  }

  /** The same content once more. */
  static NextVersion same(Manifest as) {
    return new NextVersion(as.folded(), as.shape(), as.segments(), as.content(), as.liveRecords());
  }
}
