package dev.siltstone.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.siltstone.collection.Space;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.RandomRecords;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.storage.ObjectBody;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCacheTest {
  private static final CollectionId COLLECTION = new CollectionId(new UUID(9, 9));
  private static final int ROWS = 50;
  private static final long PLENTY = 1L << 30;

  @TempDir Path folder;

  private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountingStore store = new CountingStore();

  @AfterEach
  void stop() {
    fetchers.close();
  }

  @Test
  void fetchesEveryFileOnceForManyConcurrentUsers() throws Exception {
    SegmentDescriptor segment = stored(1);
    SegmentCache cache = cache(PLENTY);
    List<Future<Integer>> users = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      users.add(
          fetchers.submit(() -> {
            try (SegmentLease lease = cache.acquire(COLLECTION, segment)) {
              return lease.reader().rows();
            }
          }));
    }
    for (Future<Integer> user : users) {
      assertThat(user.get()).isEqualTo(ROWS);
    }
    assertThat(store.downloads()).isEqualTo(segment.files().size());
    assertThat(cache.openSegments()).isZero();
  }

  @Test
  void keepsFilesForTheNextUserAndTheNextProcess() {
    SegmentDescriptor segment = stored(1);
    cache(PLENTY).acquire(COLLECTION, segment).close();
    cache(PLENTY).acquire(COLLECTION, segment).close();
    assertThat(store.downloads()).isEqualTo(segment.files().size());
  }

  @Test
  void continuesWhatAnInterruptedFetchLeft() throws IOException {
    SegmentDescriptor segment = stored(1);
    SegmentFile file = segment.file(SegmentFile.GRAPH);
    byte[] bytes = store.bytes(segment.keyOf(COLLECTION, file));
    Path own = Files.createDirectories(folder.resolve("cache").resolve(segment.id().toString()));
    Files.write(own.resolve(file.name() + ".part"), java.util.Arrays.copyOf(bytes, 1_000));

    cache(PLENTY).acquire(COLLECTION, segment).close();

    assertThat(store.offsets()).contains(1_000L);
    assertThat(own.resolve(file.name())).hasBinaryContent(bytes);
  }

  @Test
  void startsAgainWhenWhatWasLeftIsWrong() throws IOException {
    SegmentDescriptor segment = stored(1);
    SegmentFile file = segment.file(SegmentFile.ROWS);
    Path own = Files.createDirectories(folder.resolve("cache").resolve(segment.id().toString()));
    Files.write(own.resolve(file.name() + ".part"), new byte[100]);

    cache(PLENTY).acquire(COLLECTION, segment).close();

    assertThat(own.resolve(file.name()))
        .hasBinaryContent(store.bytes(segment.keyOf(COLLECTION, file)));
  }

  @Test
  void dropsADamagedCachedFileAndFetchesItAgain() throws IOException {
    SegmentDescriptor segment = stored(1);
    cache(PLENTY).acquire(COLLECTION, segment).close();
    Path cached =
        folder.resolve("cache").resolve(segment.id().toString()).resolve(SegmentFile.GRAPH);
    Files.write(cached, new byte[64], StandardOpenOption.WRITE);

    try (SegmentLease lease = cache(PLENTY).acquire(COLLECTION, segment)) {
      assertThat(lease.reader().rows()).isEqualTo(ROWS);
    }
  }

  @Test
  void fetchesAKeptFileAgainInWhichAByteHasChangedSinceItWasVerified() throws IOException {
    SegmentDescriptor segment = stored(1);
    SegmentCache cache = cache(PLENTY);
    cache.acquire(COLLECTION, segment).close();
    int downloads = store.downloads();
    for (SegmentFile file : segment.files()) {
      for (long at = 0; at < file.bytes(); at += 1 + file.bytes() / 7) {
        flip(cached(segment, file), at);
        cache.acquire(COLLECTION, segment).close();

        assertThat(store.downloads()).isEqualTo(++downloads);
        assertThat(cached(segment, file))
            .hasBinaryContent(store.bytes(segment.keyOf(COLLECTION, file)));
      }
    }
  }

  @Test
  void givesTheNextUserASoundFileBesideADamagedOneThatIsOpen() throws IOException {
    SegmentDescriptor segment = stored(1);
    SegmentCache cache = cache(PLENTY);
    int damaged = 0;
    try (SegmentLease first = cache.acquire(COLLECTION, segment)) {
      long end = segment.file(SegmentFile.GRAPH).bytes();
      for (long at = end / 2; at < end; at++) {
        flip(cached(segment, segment.file(SegmentFile.GRAPH)), at);
      }
      cache.distrust(segment);
      try (SegmentLease second = cache.acquire(COLLECTION, segment)) {
        for (int row = 0; row < ROWS; row++) {
          int ofBoth = row;
          second.reader().record(row);
          damaged += catchThrowable(() -> first.reader().record(ofBoth)) == null ? 0 : 1;
        }
      }
    }
    assertThat(damaged).isBetween(1, ROWS);
    assertThat(cache.openSegments()).isZero();
    assertThat(cache.bytesKept()).isEqualTo(segment.bytes());
  }

  @Test
  void refusesStoredFilesThatAreNotWhatTheManifestSays() {
    SegmentDescriptor segment = stored(1);
    store.replace(segment.keyOf(COLLECTION, segment.file(SegmentFile.IDS)), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> cache(PLENTY).acquire(COLLECTION, segment))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(SegmentFile.IDS)
        .hasMessageContaining("SHA-256");
  }

  @Test
  void makesRoomByDroppingTheLeastRecentlyUsed() {
    SegmentDescriptor first = stored(1);
    SegmentDescriptor second = stored(2);
    SegmentDescriptor third = stored(3);
    SegmentCache cache = cache(first.bytes() + second.bytes() + third.bytes() / 2);
    cache.acquire(COLLECTION, first).close();
    cache.acquire(COLLECTION, second).close();
    cache.acquire(COLLECTION, first).close();
    cache.acquire(COLLECTION, third).close();

    assertThat(folder.resolve("cache").resolve(second.id().toString())).doesNotExist();
    assertThat(folder.resolve("cache").resolve(first.id().toString())).exists();
  }

  @Test
  void saysWhatIsMissingWhenSegmentsInUseLeaveNoRoom() {
    SegmentDescriptor first = stored(1);
    SegmentDescriptor second = stored(2);
    SegmentCache cache = cache(first.bytes() + 100);
    try (SegmentLease held = cache.acquire(COLLECTION, first)) {
      assertThatThrownBy(() -> cache.acquire(COLLECTION, second))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("ephemeral storage");
      assertThat(held.reader().rows()).isEqualTo(ROWS);
    }
    cache.acquire(COLLECTION, second).close();
  }

  private Path cached(SegmentDescriptor segment, SegmentFile file) {
    return folder.resolve("cache").resolve(segment.id().toString()).resolve(file.name());
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ 1);
    }
  }

  private SegmentCache cache(long budget) {
    return new SegmentCache(store, folder.resolve("cache"), budget, fetchers);
  }

  private SegmentDescriptor stored(int number) {
    Path written = folder.resolve("written-" + number);
    RandomRecords records = new RandomRecords(number, 8);
    SegmentId id = new SegmentId(new UUID(0, number));
    try {
      Files.createDirectories(written);
      try (SegmentWriter writer = new SegmentWriter(written, id, new Epoch(1), Space.L2, 8)) {
        for (int i = 0; i < ROWS; i++) {
          writer.add(records.record("id-" + i, new OrderKey(1, i)));
        }
        SegmentDescriptor segment = writer.finish();
        for (SegmentFile file : segment.files()) {
          store.putIfAbsent(
              segment.keyOf(COLLECTION, file),
              ObjectBody.of(Files.readAllBytes(written.resolve(file.name()))));
        }
        return segment;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
