package dev.siltstone.operations;

import dev.siltstone.cache.OpenSegment;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves from the stored files alone that a snapshot is what its manifest says: every byte matches
 * its checksum, every index agrees with the rows, and the checksums of all records shown, computed
 * anew, add up to the manifest's. Changes nothing, and goes on after a difference so that it names
 * all of them.
 */
public final class Verifier {
  private final ObjectStore store;
  private final Path scratch;

  /**
   * A verifier.
   *
   * @param scratch an empty folder for the files of one segment at a time, where the store has no
   *     files of its own
   */
  public Verifier(ObjectStore store, Path scratch) {
    this.store = store;
    this.scratch = scratch;
  }

  /**
   * Checks one snapshot.
   *
   * @param recall how to measure what its index finds, too; null to leave that out
   * @param progress is told the bytes read, file by file
   * @throws dev.siltstone.failure.UnavailableException if the store does not answer
   */
  public Verification verify(
      Manifest manifest, @Nullable RecallPlan recall, LongConsumer progress) {
    List<Difference> differences = new ArrayList<>();
    ContentChecksum content = ContentChecksum.EMPTY;
    long records = 0;
    long bytes = 0;
    int files = 0;
    Recall measured = null;
    try (SegmentsOnStore segments = new SegmentsOnStore(store, manifest, scratch, differences)) {
      for (SegmentEntry entry : manifest.segments()) {
        segments.open(entry, progress);
        files += entry.segment().files().size();
        bytes += entry.segment().bytes();
      }
      for (SegmentsOnStore.Opened opened : segments.opened()) {
        SegmentCheck check = new SegmentCheck(opened, segments.opened(), differences);
        check.run();
        content = content.plus(check.content());
        records += check.records();
      }
      if (recall != null && records > 0) {
        measured = new RecallCheck(shown(segments), recall).run();
      }
    }
    if (differences.isEmpty()) {
      compareTotals(manifest, content, records, differences);
    }
    return new Verification(manifest, files, bytes, records, differences, measured);
  }

  private static List<OpenSegment> shown(SegmentsOnStore segments) {
    return segments.opened().stream()
        .map(opened -> new OpenSegment(opened.reader(), opened.deleted()))
        .toList();
  }

  /** Where a segment differs its records are no longer the sum's, which would only repeat it. */
  private static void compareTotals(
      Manifest manifest, ContentChecksum content, long records, List<Difference> differences) {
    String key = manifest.key().value();
    if (records != manifest.liveRecords()) {
      differences.add(
          new Difference(
              key, "expected %d records, found %d".formatted(manifest.liveRecords(), records)));
    }
    if (!content.equals(manifest.content())) {
      differences.add(
          new Difference(
              key,
              "expected content checksum %s, found %s".formatted(manifest.content(), content)));
    }
  }
}
