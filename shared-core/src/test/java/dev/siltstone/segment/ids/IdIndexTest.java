package dev.siltstone.segment.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.segment.file.MemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdIndexTest {
  @TempDir Path folder;

  @Test
  void touchesOnePageForAnIdAfterTheDirectory() throws IOException {
    MemorySource source = new MemorySource(write(ids(10_000)));
    try (IdIndex index = IdIndex.open(source)) {
      assertThat(source.takeReads()).hasSize(1);
      assertThat(index.find(new RecordId("id-7"))).isNotNull();
      List<MemorySource.Range> first = source.takeReads();
      assertThat(first).hasSize(2);
      assertThat(first.getFirst().length()).as("directory").isLessThan(2 * 10_000 + 1_000);
      for (int row = 0; row < 10_000; row += 111) {
        assertThat(found(index, "id-" + row)).isEqualTo(row);
        assertThat(source.takeReads())
            .singleElement()
            .extracting(MemorySource.Range::length)
            .satisfies(length -> assertThat(length).isLessThanOrEqualTo(IdFormat.PAGE_BYTES));
      }
    }
  }

  @Test
  void touchesNoPageForMostAbsentIds() throws IOException {
    MemorySource source = new MemorySource(write(ids(10_000)));
    try (IdIndex index = IdIndex.open(source)) {
      index.find(new RecordId("first"));
      source.takeReads();
      for (int i = 0; i < 10_000; i++) {
        assertThat(index.find(new RecordId("absent-" + i))).isNull();
      }
      assertThat(source.takeReads().size()).as("false positives of 10,000").isBetween(1, 250);
    }
  }

  @Test
  void givesARowsEntryWithoutALookup() throws IOException {
    MemorySource source = new MemorySource(write(ids(1_000)));
    try (IdIndex index = IdIndex.open(source)) {
      assertThat(index.rows()).isEqualTo(1_000);
      source.takeReads();
      assertThat(index.order(500)).isEqualTo(order(500));
      assertThat(source.takeReads()).hasSize(2);
      assertThat(index.id(500)).isEqualTo(new RecordId("id-500"));
      assertThat(index.checksum(500)).isEqualTo(checksum(500));
      assertThat(index.entry(500))
          .isEqualTo(new IdEntry(new RecordId("id-500"), 500, order(500), checksum(500)));
    }
  }

  @Test
  void tellsApartIdsThatDifferOnlyAtTheEndOrInLength() throws IOException {
    String longest = "x".repeat(RecordId.MAX_LENGTH - 1);
    List<String> ids =
        List.of("a", "aa", "b", longest + "1", longest + "2", longest, "ä", "\0", "?");
    try (IdIndex index = IdIndex.open(new MemorySource(write(ids)))) {
      for (int row = 0; row < ids.size(); row++) {
        assertThat(found(index, ids.get(row))).isEqualTo(row);
      }
      assertThat(found(index, "x")).isNull();
      assertThat(found(index, "aaa")).isNull();
      assertThat(found(index, longest + "3")).isNull();
      assertThat(found(index, "\ud800")).as("UTF-8 would make it the id ?").isNull();
    }
  }

  @Test
  void refusesAnIdThatUtf8CannotExpress() {
    IdIndexWriter writer = new IdIndexWriter(folder.resolve("ids.idx"));
    assertThatThrownBy(() -> writer.add(new RecordId("a\ud800"), order(0), checksum(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
  }

  @Test
  void neverAnswersWrongFromDamagedPagesOrDirectory() throws IOException {
    byte[] whole = write(ids(300));
    int noticed = 0;
    for (int at = 0; at < whole.length; at += 3) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x20;
      noticed += answersRightOrNoticesDamage(damaged, at) ? 0 : 1;
    }
    assertThat(noticed)
        .as("damaged bytes that a lookup of every id meets")
        .isGreaterThan(whole.length / 4);
  }

  /** Looks up every id; true if all answers are right. */
  private static boolean answersRightOrNoticesDamage(byte[] bytes, int damagedAt) {
    try (IdIndex index = IdIndex.open(new MemorySource(bytes))) {
      for (int row = 0; row < 300; row++) {
        assertThat(found(index, "id-" + row)).as("damaged at %d", damagedAt).isEqualTo(row);
      }
      return true;
    } catch (CorruptDataException e) {
      return false;
    }
  }

  private static @Nullable Integer found(IdIndex index, String id) {
    IdEntry entry = index.find(new RecordId(id));
    return entry == null ? null : entry.row();
  }

  private static List<String> ids(int count) {
    List<String> ids = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      ids.add("id-" + row);
    }
    return ids;
  }

  private byte[] write(List<String> ids) throws IOException {
    Path path = folder.resolve("ids.idx");
    Files.deleteIfExists(path);
    IdIndexWriter writer = new IdIndexWriter(path);
    for (int row = 0; row < ids.size(); row++) {
      writer.add(new RecordId(ids.get(row)), order(row), checksum(row));
    }
    assertThat(writer.finish().bytes()).isEqualTo(Files.size(path));
    return Files.readAllBytes(path);
  }

  private static OrderKey order(int row) {
    return new OrderKey(row + 1L, row % 3);
  }

  private static RecordChecksum checksum(int row) {
    return new RecordChecksum(row * 31L, ~row);
  }
}
