package dev.siltstone.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.snapshot.FoldedRange;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.time.Clock;
import dev.siltstone.where.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** The text index of a segment is fetched after the files that every read needs. */
class LaterTextIndexTest {
  private static final CollectionId COLLECTION = new CollectionId(new UUID(9, 9));
  private static final int ROWS = 400;

  @TempDir Path folder;

  private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountingStore store = new CountingStore();
  private SegmentDescriptor segment;
  private ObjectKey text;
  private SegmentCache cache;

  @BeforeEach
  void storeASegmentWithATextIndex() throws IOException {
    segment = stored();
    text = segment.keyOf(COLLECTION, segment.file(SegmentFile.TEXT));
    cache = new SegmentCache(store, folder.resolve("cache"), 1L << 30, fetchers);
  }

  @AfterEach
  void stop() {
    fetchers.close();
  }

  @Test
  void isFetchedWhenAConditionFirstNeedsIt() {
    try (SegmentLease lease = cache.acquire(COLLECTION, segment)) {
      assertThat(lease.reader().document(7)).startsWith("number 7 ");
      assertThat(lease.reader().bounds(new Where.Contains("x"), few()).possible()).isEqualTo(few());
      assertThat(cached()).as("few documents are read instead").doesNotExist();

      assertThat(rowsWith(lease.reader(), "number 77 ")).containsExactly(77);
      assertThat(rowsWith(lease.reader(), "number 78 ")).containsExactly(78);
      assertThat(cached()).hasBinaryContent(store.bytes(text));
      assertThat(store.downloads()).isEqualTo(segment.files().size());
    }
  }

  @Test
  void failsOnlyWhoNeedsItAndIsTriedAgain() {
    byte[] right = store.bytes(text);
    store.replace(text, new byte[right.length]);
    try (SegmentLease lease = cache.acquire(COLLECTION, segment)) {
      cache.fetchRest(COLLECTION, segment);
      assertThatThrownBy(() -> rowsWith(lease.reader(), "number 77 "))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining(SegmentFile.TEXT);
      assertThat(lease.reader().record(7).id()).isEqualTo(new RecordId("id-7"));

      store.replace(text, right);
      assertThat(rowsWith(lease.reader(), "number 77 ")).containsExactly(77);
    }
  }

  @Test
  void comparesAKeptOneWithItsChecksumBeforeItIsUsedAgain() throws IOException {
    try (SegmentLease lease = cache.acquire(COLLECTION, segment)) {
      assertThat(rowsWith(lease.reader(), "number 77 ")).containsExactly(77);
    }
    byte[] worn = Files.readAllBytes(cached());
    worn[worn.length / 2] ^= 1;
    Files.write(cached(), worn);
    try (SegmentLease lease = cache.acquire(COLLECTION, segment)) {
      assertThat(rowsWith(lease.reader(), "number 77 ")).containsExactly(77);
      assertThat(cached()).hasBinaryContent(store.bytes(text));
    }
  }

  @Test
  void isFetchedAheadOfTheFirstNeedWhenASnapshotIsOpened() {
    try (SnapshotCache opened = snapshotsOfOneThread();
        OpenSnapshot all = opened.openManifest(manifest())) {
      assertThat(all.liveRecords()).isEqualTo(ROWS);
      assertThat(cached()).hasBinaryContent(store.bytes(text));
    }
  }

  @Test
  void isNotFetchedToMerge() {
    try (SnapshotCache opened = snapshotsOfOneThread();
        OpenSnapshot part = opened.openPart(manifest(), Set.of(segment.id()))) {
      assertThat(part.liveRecords()).isEqualTo(ROWS);
      assertThat(cached()).doesNotExist();
    }
  }

  /** What runs in the background elsewhere has run here when a call returns. */
  private SnapshotCache snapshotsOfOneThread() {
    SegmentCache segments =
        new SegmentCache(store, folder.resolve("cache"), 1L << 30, new CallersThread());
    return new SnapshotCache(store, new SnapshotStore(store, Clock.system()), segments);
  }

  private static final class CallersThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable work) {
      work.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private static int[] rowsWith(SegmentReader reader, String searched) {
    return reader.matching(new Where.Contains(searched), DeletedRows.NONE.liveOf(ROWS)).toArray();
  }

  private static RoaringBitmap few() {
    return RoaringBitmap.bitmapOf(1, 2, 3);
  }

  private Path cached() {
    return folder.resolve("cache").resolve(segment.id().toString()).resolve(SegmentFile.TEXT);
  }

  private Manifest manifest() {
    Sequence folded = new Sequence(1);
    return new Manifest(
        COLLECTION,
        Generation.ZERO.next(),
        new CommitId(new UUID(0, 5)),
        new Epoch(1),
        Instant.EPOCH,
        List.of(),
        folded,
        new VectorShape(2, null),
        Space.L2,
        List.of(new SegmentEntry(segment, null)),
        ContentChecksum.EMPTY,
        ROWS,
        List.of(new FoldedRange(Sequence.ZERO, folded, Generation.ZERO.next())),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private SegmentDescriptor stored() throws IOException {
    Path written = Files.createDirectories(folder.resolve("written"));
    SegmentId id = new SegmentId(new UUID(0, 1));
    try (SegmentWriter writer = new SegmentWriter(written, id, new Epoch(1), Space.L2, 2)) {
      for (int i = 0; i < ROWS; i++) {
        writer.add(
            new StoredRecord(
                new RecordId("id-" + i),
                new OrderKey(1, i),
                Embedding.owning(new float[] {i, 1}),
                "number " + i + " " + "silt ".repeat(50),
                null,
                Metadata.NONE));
      }
      SegmentDescriptor descriptor = writer.finish();
      for (SegmentFile file : descriptor.files()) {
        store.putIfAbsent(
            descriptor.keyOf(COLLECTION, file),
            ObjectBody.of(Files.readAllBytes(written.resolve(file.name()))));
      }
      return descriptor;
    }
  }
}
