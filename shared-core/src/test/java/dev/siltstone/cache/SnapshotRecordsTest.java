package dev.siltstone.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.SplitFloats;
import dev.siltstone.distance.SplitRows;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.hnsw.GraphLayout;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.RandomRecords;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

class SnapshotRecordsTest {
  private static final CollectionId COLLECTION = new CollectionId(new UUID(9, 9));
  private static final int DIMENSION = 64;

  private static final int ROWS = 8_000;
  private static final long PLENTY = 1L << 30;

  @TempDir Path folder;

  private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountingStore store = new CountingStore();
  private int segments;

  @AfterEach
  void stop() {
    fetchers.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsAndReadsWhatAPlainModelHolds(long seed) {
    Random random = new Random(seed);
    Map<RecordId, StoredRecord> model = new HashMap<>();
    List<SegmentEntry> entries = randomSegments(random, model);
    try (SnapshotRecords records = records(seed % 2 == 0 ? PLENTY : 1)) {
      records.moveTo(entries);
      for (int batch = 0; batch < 20; batch++) {
        Set<RecordId> ids = randomIds(random, 1 + random.nextInt(200));
        Map<RecordId, FoundRow> found = records.find(ids);
        Map<RecordId, StoredRecord> expected = new HashMap<>(model);
        expected.keySet().retainAll(ids);
        assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
        assertThat(records.read(found.values())).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  @Test
  void fetchesOnlyWhatItTouches() {
    SegmentDescriptor segment = stored(plain(ROWS));
    try (SnapshotRecords records = records(PLENTY)) {
      records.moveTo(List.of(new SegmentEntry(segment, null)));
      records.read(records.find(ids(100, 3_000, 7_000)).values());

      Map<String, List<Integer>> lengths = lengths(segment);
      List<Integer> ids = lengths.getOrDefault(SegmentFile.IDS, List.of());
      assertThat(ids).hasSize(1 + 3);
      assertThat(ids.getFirst()).as("directory").isLessThan(2 * ROWS + 5_000);
      assertThat(ids.subList(1, 4)).as("pages").allMatch(length -> length <= 4_096);
      List<Integer> rows = lengths.getOrDefault(SegmentFile.ROWS, List.of());
      assertThat(rows).as("table and blocks").hasSize(1 + 3);
      assertThat(rows.subList(1, 4)).as("blocks").allMatch(length -> length <= 8_192);
      assertThat(lengths.get(SegmentFile.GRAPH))
          .as("header, vectors from codes to the end of the rest, exponents of 100 to 7,000")
          .containsExactly(4_096, span(100), span(3_000), span(7_000), 6_901);
      assertThat(lengths).doesNotContainKey(SegmentFile.FILTERS);
      assertThat(store.downloads()).isZero();

      records.find(ids(5_000));
      assertThat(store.takeRanges()).as("the directory is known by now").hasSize(1);
      records.find(Set.of(new RecordId("unheard of")));
      assertThat(store.takeRanges()).as("the filter says no").isEmpty();
    }
  }

  private static int span(int row) {
    SplitRows places = new SplitRows(0, 0, DIMENSION, ROWS);
    return (int) (places.rest(row) + SplitFloats.restBytes(DIMENSION) - places.codes(row));
  }

  @Test
  void asksForNothingOfASnapshotThatIsHere() {
    SegmentDescriptor segment = stored(plain(1_000));
    SegmentCache cache = cache(PLENTY);
    cache.acquire(COLLECTION, segment).close();
    try (SnapshotRecords records = records(cache)) {
      records.moveTo(List.of(new SegmentEntry(segment, null)));
      assertThat(records.read(records.find(ids(1, 500, 999)).values())).hasSize(3);
    }
    assertThat(store.takeRanges()).isEmpty();
    assertThat(store.downloads())
        .as("all but the text index")
        .isEqualTo(segment.files().size() - 1);
  }

  @Test
  void fetchesAFileWholeWhenAThirdOfItIsTouched() {
    SegmentDescriptor segment = stored(plain(ROWS));
    int[] half = IntStream.range(0, ROWS / 2).toArray();
    try (SnapshotRecords records = records(PLENTY)) {
      records.moveTo(List.of(new SegmentEntry(segment, null)));
      assertThat(records.read(records.find(ids(half)).values())).hasSize(half.length);
      assertThat(store.downloads()).as("ids, rows and vectors").isEqualTo(3);
    }
    store.takeRanges();
    try (SnapshotRecords later = records(PLENTY)) {
      later.moveTo(List.of(new SegmentEntry(segment, null)));
      assertThat(later.read(later.find(ids(half)).values())).hasSize(half.length);
      assertThat(store.takeRanges()).as("kept for the next run").isEmpty();
    }
  }

  @Test
  void readsByRangeWhenThereIsNoRoomForWholeFiles() {
    SegmentDescriptor segment = stored(plain(ROWS));
    try (SnapshotRecords records = records(1)) {
      records.moveTo(List.of(new SegmentEntry(segment, null)));
      int[] all = IntStream.range(0, ROWS).toArray();
      assertThat(records.read(records.find(ids(all)).values())).hasSize(ROWS);
    }
    assertThat(store.downloads()).isZero();
  }

  @Test
  void opensWhatTwoVersionsShareOnce() {
    SegmentDescriptor first = stored(plain(ROWS));
    SegmentEntry more = new SegmentEntry(first, deletedRows(first, 7));
    try (SnapshotRecords records = records(PLENTY)) {
      records.moveTo(List.of(new SegmentEntry(first, null)));
      assertThat(records.find(ids(7))).hasSize(1);
      store.takeRanges();
      records.moveTo(List.of(more));
      assertThat(records.find(ids(7))).isEmpty();
      assertThat(store.takeRanges()).as("one page").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SegmentFile.IDS, SegmentFile.ROWS, SegmentFile.GRAPH})
  void refusesDamageInEveryPartThatItReads(String file) {
    SegmentDescriptor segment = stored(plain(300));
    ObjectKey key = segment.keyOf(COLLECTION, segment.file(file));
    byte[] right = store.bytes(key);
    Random random = new Random(20261121);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = right.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      store.replace(key, damaged);
      Map<RecordId, StoredRecord> read;
      try (SnapshotRecords records = records(1)) {
        records.moveTo(List.of(new SegmentEntry(segment, null)));
        Set<RecordId> ids = ids(IntStream.range(0, 300).toArray());
        read = records.read(records.find(ids).values());
      } catch (CorruptDataException refused) {
        continue;
      }
      assertThat(read.values()).as("byte %d", at).containsExactlyInAnyOrderElementsOf(plain(300));
    }
  }

  @Test
  void namesTheRecordWhoseVectorIsDamaged() {
    SegmentDescriptor segment = stored(plain(300));
    ObjectKey key = segment.keyOf(COLLECTION, segment.file(SegmentFile.GRAPH));
    byte[] bytes = store.bytes(key);
    bytes[(int) new SplitRows(GraphLayout.HEADER_BYTES, 0, DIMENSION, 300).codes(10)] ^= 1;
    store.replace(key, bytes);
    try (SnapshotRecords records = records(1)) {
      records.moveTo(List.of(new SegmentEntry(segment, null)));
      Map<RecordId, FoundRow> found = records.find(ids(10));
      assertThatThrownBy(() -> records.read(found.values()))
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining("row 10")
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void asksAgainWhenBytesWereDamagedOnTheWay() {
    SegmentDescriptor segment = stored(plain(ROWS));
    for (String file : List.of(SegmentFile.IDS, SegmentFile.ROWS, SegmentFile.GRAPH)) {
      ObjectKey key = segment.keyOf(COLLECTION, segment.file(file));
      try (SnapshotRecords records = records(PLENTY)) {
        records.moveTo(List.of(new SegmentEntry(segment, null)));
        store.damageOnce(key, new byte[store.bytes(key).length]);
        assertThat(records.read(records.find(ids(3)).values())).hasSize(1);
      }
    }
  }

  @Test
  void dropsADamagedFileOfTheCache() throws IOException {
    SegmentDescriptor segment = stored(plain(1_000));
    SegmentCache cache = cache(PLENTY);
    cache.acquire(COLLECTION, segment).close();
    Path cached = folder.resolve("cache").resolve(segment.id().toString());
    Path ids = cached.resolve(SegmentFile.IDS);
    Files.write(ids, new byte[(int) Files.size(ids)]);
    try (SnapshotRecords records = records(cache)) {
      records.moveTo(List.of(new SegmentEntry(segment, null)));
      assertThat(records.read(records.find(ids(3)).values())).hasSize(1);
    }
    assertThat(ids).doesNotExist();
    assertThat(cached.resolve(SegmentFile.ROWS)).exists();
  }

  /** Segments of one history: a record that stands in a later segment is deleted in the earlier. */
  private List<SegmentEntry> randomSegments(Random random, Map<RecordId, StoredRecord> model) {
    List<SegmentDescriptor> written = new ArrayList<>();
    List<RoaringBitmap> hidden = new ArrayList<>();
    Map<RecordId, Runnable> hide = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      RandomRecords source = new RandomRecords(random.nextLong(), DIMENSION);
      List<StoredRecord> rows = new ArrayList<>();
      RoaringBitmap bitmap = new RoaringBitmap();
      for (RecordId id : randomIds(random, 1 + random.nextInt(1_500))) {
        StoredRecord record = source.record(id.value(), new OrderKey(i + 1, rows.size()));
        int row = rows.size();
        rows.add(record);
        Runnable older = hide.put(id, () -> bitmap.add(row));
        if (older != null) {
          older.run();
        }
        model.put(id, record);
        if (random.nextInt(10) == 0) {
          bitmap.add(row);
          model.remove(id);
        }
      }
      written.add(stored(rows));
      hidden.add(bitmap);
    }
    return IntStream.range(0, written.size())
        .mapToObj(i ->
            new SegmentEntry(
                written.get(i),
                hidden.get(i).isEmpty()
                    ? null
                    : deletedRows(written.get(i), hidden.get(i).toArray())))
        .toList();
  }

  private static Set<RecordId> randomIds(Random random, int count) {
    return random
        .ints(count, 0, 3_000)
        .mapToObj(i -> new RecordId("id-" + i))
        .collect(Collectors.toSet());
  }

  private static Set<RecordId> ids(int... numbers) {
    return IntStream.of(numbers).mapToObj(i -> new RecordId("id-" + i)).collect(Collectors.toSet());
  }

  private static List<StoredRecord> plain(int count) {
    RandomRecords records = new RandomRecords(1, DIMENSION);
    return IntStream.range(0, count)
        .mapToObj(i -> records.record("id-" + i, new OrderKey(1, i)))
        .toList();
  }

  private Map<String, List<Integer>> lengths(SegmentDescriptor segment) {
    Map<String, List<Integer>> lengths = new HashMap<>();
    for (CountingStore.Range range : store.takeRanges()) {
      String name = range.key().value().substring(range.key().value().lastIndexOf('/') + 1);
      assertThat(range.key()).isEqualTo(segment.keyOf(COLLECTION, segment.file(name)));
      lengths.computeIfAbsent(name, _ -> new ArrayList<>()).add(range.length());
    }
    return lengths;
  }

  private SegmentCache cache(long budget) {
    return new SegmentCache(store, folder.resolve("cache"), budget, fetchers);
  }

  private SnapshotRecords records(long budget) {
    return records(cache(budget));
  }

  private SnapshotRecords records(SegmentCache cache) {
    return new SnapshotRecords(COLLECTION, cache, new DeletedRowsReader(store), cache.sideBySide());
  }

  private DeletedRowsEntry deletedRows(SegmentDescriptor segment, int... rows) {
    byte[] bytes = DeletedRows.of(RoaringBitmap.bitmapOf(rows)).encode();
    ObjectKey key =
        ObjectLayout.deletedRows(
            COLLECTION,
            new Generation(1),
            Instant.EPOCH,
            new Epoch(1),
            new CommitId(new UUID(1, 1)),
            segment.id());
    store.replace(key, bytes);
    return new DeletedRowsEntry(key, rows.length, bytes.length, Checksum.of(bytes));
  }

  private SegmentDescriptor stored(List<StoredRecord> rows) {
    SegmentId id = new SegmentId(new UUID(0, ++segments));
    Path written = folder.resolve("written-" + id);
    try {
      Files.createDirectories(written);
      try (SegmentWriter writer =
          new SegmentWriter(written, id, new Epoch(1), Space.COSINE, DIMENSION)) {
        rows.forEach(writer::add);
        SegmentDescriptor segment = writer.finish();
        for (SegmentFile file : segment.files()) {
          store.putIfAbsent(
              segment.keyOf(COLLECTION, file), ObjectBody.of(written.resolve(file.name())));
        }
        return segment;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
