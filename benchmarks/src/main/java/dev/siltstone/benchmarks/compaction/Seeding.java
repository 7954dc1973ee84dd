package dev.siltstone.benchmarks.compaction;

import dev.siltstone.collection.Space;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.GraphPolicy;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.snapshot.FoldedRange;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.PublishResult;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.ObjectBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes a first snapshot with segments of given sizes, without going through the log. */
final class Seeding {
  private final Bench bench;
  private final Workload workload;
  private final @Nullable GraphParameters graph;
  private ContentChecksum content = ContentChecksum.EMPTY;
  private int written;

  /** Segments without graphs. */
  Seeding(Bench bench, Workload workload) {
    this(bench, workload, null);
  }

  /**
   * Segments as a merge leaves them.
   *
   * @param graph of the segments that are large enough for one; null for no graphs
   */
  Seeding(Bench bench, Workload workload, @Nullable GraphParameters graph) {
    this.bench = bench;
    this.workload = workload;
    this.graph = graph;
  }

  /** One segment of each size. The first place of the log, empty of effect, is taken for it. */
  void publish(List<Integer> sizes) {
    bench.write(List.of(new Operation.Delete(Workload.id(0))));
    List<SegmentEntry> segments = new ArrayList<>();
    sizes.forEach(size -> segments.add(new SegmentEntry(segment(size), null)));
    Sequence folded = new Sequence(1);
    Manifest manifest =
        new Manifest(
            bench.collection,
            Generation.ZERO.next(),
            new CommitId(bench.ids.next()),
            new Epoch(1),
            Instant.now(),
            List.of(),
            folded,
            new VectorShape(bench.dimension, null),
            Space.COSINE,
            segments,
            content,
            written,
            List.of(new FoldedRange(Sequence.ZERO, folded, Generation.ZERO.next())),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    if (!(bench.snapshots.publish(manifest, null) instanceof PublishResult.Won won)) {
      throw new IllegalStateException("the first snapshot was not published");
    }
    bench.log.moveTip(bench.collection, won.published().tip());
  }

  private SegmentDescriptor segment(int size) {
    SegmentId id = new SegmentId(bench.ids.next());
    Path scratch = bench.folder.resolve("seeding-" + id);
    try {
      Files.createDirectories(scratch);
      try (SegmentWriter writer = writer(scratch, id, size)) {
        for (int i = 0; i < size; i++) {
          add(writer);
        }
        SegmentDescriptor segment = writer.finish();
        for (SegmentFile file : segment.files()) {
          bench.local.putIfAbsent(
              segment.keyOf(bench.collection, file), ObjectBody.of(scratch.resolve(file.name())));
        }
        return segment;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Bench.delete(scratch);
    }
  }

  private SegmentWriter writer(Path scratch, SegmentId id, int size) {
    Epoch epoch = new Epoch(1);
    return graph != null && GraphPolicy.links(size)
        ? new SegmentWriter(scratch, id, epoch, Space.COSINE, bench.dimension, graph)
        : new SegmentWriter(scratch, id, epoch, Space.COSINE, bench.dimension);
  }

  private void add(SegmentWriter writer) {
    int number = written++;
    StoredRecord record =
        new StoredRecord(
            Workload.id(number),
            new OrderKey(1, number),
            workload.vector(),
            workload.document(number),
            null,
            Metadata.NONE.patched(workload.metadata(number)));
    RecordChecksum checksum = RecordChecksum.of(record);
    content = content.plus(checksum);
    writer.add(record, checksum);
  }
}
