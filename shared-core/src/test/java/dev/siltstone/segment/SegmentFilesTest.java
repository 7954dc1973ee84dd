package dev.siltstone.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.rows.RowCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFilesTest {
  private static final long SEED = 20261121;
  private static final SegmentId ID = new SegmentId(new UUID(1, 2));

  @TempDir Path folder;

  @Test
  void givesBackEveryRecordExactly() {
    List<StoredRecord> records = new RandomRecords(SEED, 6).list(12_000);
    try (SegmentReader reader = open(write(records))) {
      RowCursor cursor = reader.cursor();
      for (int row = 0; row < records.size(); row++) {
        StoredRecord expected = records.get(row);
        assertThat(reader.record(row, cursor)).as("seed %d row %d", SEED, row).isEqualTo(expected);
        assertThat(reader.rowOf(expected.id())).as("seed %d row %d", SEED, row).hasValue(row);
        assertThat(reader.checksum(row)).isEqualTo(RecordChecksum.of(expected));
      }
    }
  }

  @Test
  void findsNoIdThatWasNotAdded() {
    List<StoredRecord> records = new RandomRecords(SEED + 1, 2).list(10_000);
    Set<RecordId> present = new HashSet<>();
    records.forEach(record -> present.add(record.id()));
    try (SegmentReader reader = open(write(records))) {
      for (StoredRecord other : new RandomRecords(SEED + 2, 2).list(10_000)) {
        assertThat(reader.rowOf(other.id()).isPresent())
            .as("seed %d id %s", SEED, other.id())
            .isEqualTo(present.contains(other.id()));
      }
      assertThat(reader.find(new RecordId("\ud800"))).isNull();
      assertThat(reader.find(new RecordId("\uffff"))).isNull();
      assertThat(reader.find(new RecordId("\u0000"))).isNull();
    }
  }

  @Test
  void readsFieldsOneByOneInAnyOrder() {
    List<StoredRecord> records = new RandomRecords(SEED + 3, 2).list(2_000);
    Random random = new Random(SEED);
    try (SegmentReader reader = open(write(records))) {
      for (int i = 0; i < 5_000; i++) {
        int row = random.nextInt(records.size());
        StoredRecord expected = records.get(row);
        assertThat(reader.metadata(row))
            .as("seed %d row %d", SEED, row)
            .isEqualTo(expected.metadata());
        assertThat(reader.document(row)).isEqualTo(expected.document());
        assertThat(reader.uri(row)).isEqualTo(expected.uri());
        assertThat(reader.id(row)).isEqualTo(expected.id());
        assertThat(reader.order(row)).isEqualTo(expected.order());
        assertThat(reader.embedding(row)).isEqualTo(expected.embedding());
      }
    }
  }

  @Test
  void servesManyReadersAtOnce() throws Exception {
    List<StoredRecord> records = new RandomRecords(SEED + 4, 2).list(1_000);
    try (SegmentReader reader = open(write(records));
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> readings = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int offset = thread * 100;
        readings.add(
            threads.submit(() -> {
              for (int i = 0; i < 1_000; i++) {
                int row = (i + offset) % records.size();
                assertThat(reader.record(row)).isEqualTo(records.get(row));
                assertThat(reader.rowOf(records.get(row).id())).hasValue(row);
              }
            }));
      }
      for (Future<?> reading : readings) {
        reading.get();
      }
    }
  }

  @Test
  void describesWhatItWrote() {
    List<StoredRecord> records = new RandomRecords(SEED + 5, 3).list(100);
    SegmentDescriptor descriptor = write(records);
    assertThat(descriptor.rows()).isEqualTo(100);
    assertThat(descriptor.dimension()).isEqualTo(3);
    assertThat(descriptor.space()).isEqualTo(Space.COSINE);
    assertThat(descriptor.graph()).isFalse();
    assertThat(descriptor.first()).isEqualTo(records.getFirst().order());
    assertThat(descriptor.last()).isEqualTo(records.getLast().order());
    CollectionId collection = new CollectionId(new UUID(3, 4));
    assertThat(descriptor.keyOf(collection, descriptor.file(SegmentFile.IDS)).value())
        .isEqualTo("segment/" + collection + "/0000000007-" + ID + "/ids.idx");
    descriptor.files().forEach(file -> SegmentVerifier.verify(file, folder.resolve(file.name())));
  }

  @Test
  void refusesRecordsOutOfOrderAndIdsTwice() {
    RandomRecords random = new RandomRecords(SEED, 2);
    try (SegmentWriter writer = writer(2)) {
      writer.add(random.record("a", new OrderKey(2, 0)));
      assertThatThrownBy(() -> writer.add(random.record("b", new OrderKey(2, 0))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("order 2.0");
      writer.add(random.record("a", new OrderKey(2, 1)));
      assertThatThrownBy(writer::finish)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("twice");
    }
  }

  @Test
  void refusesToBeEmpty() {
    try (SegmentWriter writer = writer(2)) {
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void noticesAFileThatIsNotItsOwn() throws IOException {
    SegmentDescriptor descriptor = write(new RandomRecords(SEED, 2).list(50));
    Path ids = folder.resolve(SegmentFile.IDS);
    byte[] bytes = Files.readAllBytes(ids);
    bytes[bytes.length / 2] ^= 1;
    Files.write(ids, bytes);
    assertThatThrownBy(() -> SegmentVerifier.verify(descriptor.file(SegmentFile.IDS), ids))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("has checksum");
    Files.write(ids, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
    assertThatThrownBy(() -> SegmentVerifier.verify(descriptor.file(SegmentFile.IDS), ids))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("bytes; expected");
  }

  @Test
  void refusesFilesOfAnotherSegment() throws IOException {
    SegmentDescriptor descriptor = write(new RandomRecords(SEED, 2).list(50));
    Path other = Files.createDirectory(folder.resolve("other"));
    try (SegmentWriter writer = new SegmentWriter(other, ID, new Epoch(7), Space.COSINE, 2)) {
      new RandomRecords(SEED, 2).list(51).forEach(writer::add);
      writer.finish();
    }
    assertThatThrownBy(() -> SegmentReader.open(descriptor, file -> other.resolve(file.name())))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("expected 50 rows");
  }

  @Test
  void readsNothingAfterItIsClosed() {
    List<StoredRecord> records = new RandomRecords(SEED, 2).list(50);
    SegmentReader reader = open(write(records));
    assertThat(reader.rowOf(records.getFirst().id())).hasValue(0);
    reader.close();
    assertThatThrownBy(() -> reader.rowOf(records.getFirst().id()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> reader.document(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> reader.embedding(0)).isInstanceOf(IllegalStateException.class);
  }

  private SegmentWriter writer(int dimension) {
    return new SegmentWriter(folder, ID, new Epoch(7), Space.COSINE, dimension);
  }

  private SegmentDescriptor write(List<StoredRecord> records) {
    try (SegmentWriter writer = writer(records.getFirst().embedding().dimension())) {
      records.forEach(writer::add);
      return writer.finish();
    }
  }

  private SegmentReader open(SegmentDescriptor descriptor) {
    return SegmentReader.open(descriptor, file -> folder.resolve(file.name()));
  }
}
