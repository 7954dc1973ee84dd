package dev.siltstone.segment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.segment.ids.IdEntry;
import dev.siltstone.segment.ids.IdIndex;
import dev.siltstone.segment.ids.IdIndexWriter;
import dev.siltstone.segment.rows.RowBlocks;
import dev.siltstone.segment.rows.RowBlocksWriter;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same readers over an object store, range by range. */
class RangeSourceTest {
  private static final int ROWS = 2_000;

  @TempDir Path folder;
  private DirectoryObjectStore store;

  @BeforeEach
  void openStore() {
    store = new DirectoryObjectStore(folder.resolve("store"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void findsIdsInAStoredObject() {
    IdIndexWriter writer = new IdIndexWriter(folder.resolve("ids.idx"));
    for (int row = 0; row < ROWS; row++) {
      writer.add(new RecordId("id-" + row), order(row), new RecordChecksum(row, 0));
    }
    try (IdIndex index = IdIndex.open(stored("ids.idx", writer.finish()))) {
      for (int row = 0; row < ROWS; row += 101) {
        assertThat(index.find(new RecordId("id-" + row)))
            .isEqualTo(
                new IdEntry(
                    new RecordId("id-" + row), row, order(row), new RecordChecksum(row, 0)));
      }
      assertThat(index.find(new RecordId("id-" + ROWS))).isNull();
      index.verify();
    }
  }

  @Test
  void readsRowsFromAStoredObject() {
    try (RowBlocksWriter writer = RowBlocksWriter.create(folder.resolve("rows.blk"))) {
      for (int row = 0; row < ROWS; row++) {
        writer.add("document " + row, "uri " + row, Metadata.NONE);
      }
      try (RowBlocks blocks = RowBlocks.open(stored("rows.blk", writer.finish()))) {
        assertThat(blocks.cursor().document(1_234)).isEqualTo("document 1234");
        assertThat(blocks.cursor().uri(ROWS - 1)).isEqualTo("uri " + (ROWS - 1));
        blocks.verify();
      }
    }
  }

  @Test
  void refusesRangesOutsideOfTheObjectAndWrites() {
    ObjectKey key = key("some.file");
    store.putIfAbsent(key, ObjectBody.of(new byte[] {1, 2, 3}));
    try (RangeSource source = new RangeSource(store, key, 3)) {
      assertThat(source.read(1, 2).get(1)).isEqualTo((byte) 3);
      assertThatThrownBy(() -> source.read(2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> source.read(0, 1).put((byte) 9))
          .isInstanceOf(ReadOnlyBufferException.class);
    }
  }

  private RangeSource stored(String name, FinishedFile file) {
    ObjectKey key = key(name);
    store.putIfAbsent(key, ObjectBody.of(folder.resolve(name)));
    return new RangeSource(store, key, file.bytes());
  }

  private static ObjectKey key(String name) {
    return ObjectLayout.segmentFile(
        new CollectionId(new UUID(0, 1)), new Epoch(1), new SegmentId(new UUID(0, 2)), name);
  }

  private static OrderKey order(int row) {
    return new OrderKey(1 + row, 0);
  }
}
