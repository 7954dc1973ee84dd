package dev.siltstone.segment.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.segment.file.MemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowBlocksTest {
  private static final int ROWS = 3_000;

  @TempDir Path folder;

  @Test
  void readsOneBlockForARowAfterTheTable() throws IOException {
    MemorySource source = new MemorySource(write(RowBlocksTest::document));
    try (RowBlocks blocks = RowBlocks.open(source)) {
      assertThat(source.takeReads()).hasSize(1);
      assertThat(blocks.rows()).isEqualTo(ROWS);
      assertThat(source.takeReads()).hasSize(1);
      for (int row = 0; row < ROWS; row += 97) {
        assertThat(blocks.cursor().document(row)).isEqualTo(document(row));
        assertThat(source.takeReads())
            .singleElement()
            .extracting(MemorySource.Range::length)
            .satisfies(
                length -> assertThat(length).isLessThan(RowBlocksWriter.BLOCK_BYTES + 2_000));
      }
    }
  }

  @Test
  void readsABlockOnceForNeighbours() throws IOException {
    MemorySource source = new MemorySource(write(row -> "short " + row));
    try (RowBlocks blocks = RowBlocks.open(source)) {
      RowCursor cursor = blocks.cursor();
      source.takeReads();
      for (int row = 0; row < ROWS; row++) {
        assertThat(cursor.document(row)).isEqualTo("short " + row);
        assertThat(cursor.metadata(row)).isEqualTo(metadata(row));
        assertThat(cursor.uri(row)).isNull();
      }
      int blocksOfRows = (ROWS + RowBlocksWriter.BLOCK_ROWS - 1) / RowBlocksWriter.BLOCK_ROWS;
      assertThat(source.takeReads()).hasSize(1 + blocksOfRows);
    }
  }

  @Test
  void givesLongDocumentsBlocksOfTheirOwn() throws IOException {
    String huge = "river ".repeat(1_000_000);
    MemorySource source = new MemorySource(write(row -> row % 1_000 == 500 ? huge : "short"));
    assertThat(source.size()).isLessThan(200_000);
    try (RowBlocks blocks = RowBlocks.open(source)) {
      assertThat(blocks.cursor().document(1_500)).isEqualTo(huge);
      source.takeReads();
      assertThat(blocks.cursor().document(1_499)).isEqualTo("short");
      assertThat(blocks.cursor().document(1_501)).isEqualTo("short");
      assertThat(source.takeReads()).allMatch(read -> read.length() < 20_000);
    }
  }

  @Test
  void tellsNoneFromEmpty() throws IOException {
    try (RowBlocks blocks =
        RowBlocks.open(new MemorySource(write(row -> row % 2 == 0 ? null : "")))) {
      assertThat(blocks.cursor().document(0)).isNull();
      assertThat(blocks.cursor().document(1)).isEmpty();
      assertThat(blocks.cursor().metadata(0)).isEqualTo(metadata(0));
    }
  }

  @Test
  void refusesRowsThatAreNotThere() throws IOException {
    try (RowBlocks blocks = RowBlocks.open(new MemorySource(write(row -> "x")))) {
      RowCursor cursor = blocks.cursor();
      assertThatThrownBy(() -> cursor.document(ROWS)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> cursor.document(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void neverAnswersWrongFromDamagedBytes() throws IOException {
    long seed = 20261123;
    Random random = new Random(seed);
    byte[] whole = write(RowBlocksTest::document);
    int noticed = 0;
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      noticed += answersRight(damaged, "seed %d byte %d".formatted(seed, at)) ? 0 : 1;
    }
    assertThat(noticed).isGreaterThan(190);
  }

  private static boolean answersRight(byte[] bytes, String what) {
    try (RowBlocks blocks = RowBlocks.open(new MemorySource(bytes))) {
      RowCursor cursor = blocks.cursor();
      for (int row = 0; row < ROWS; row += 3) {
        assertThat(cursor.document(row)).as(what).isEqualTo(document(row));
      }
      return true;
    } catch (CorruptDataException e) {
      return false;
    }
  }

  private interface Documents {
    @Nullable String of(int row);
  }

  private static String document(int row) {
    return ("row " + Integer.toHexString(row * 0x9e3779b9) + " ").repeat(row % 40);
  }

  private static Metadata metadata(int row) {
    return row % 3 == 0 ? Metadata.NONE : Metadata.of(Map.of("row", new IntValue(row)));
  }

  private byte[] write(Documents documents) throws IOException {
    Path path = folder.resolve("rows.blk");
    Files.deleteIfExists(path);
    try (RowBlocksWriter writer = RowBlocksWriter.create(path)) {
      for (int row = 0; row < ROWS; row++) {
        writer.add(documents.of(row), null, metadata(row));
      }
      writer.finish();
    }
    return Files.readAllBytes(path);
  }
}
