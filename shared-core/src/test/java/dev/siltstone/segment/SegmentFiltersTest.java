package dev.siltstone.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.where.Where;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** The index against the definition. */
class SegmentFiltersTest {
  @TempDir Path folder;

  @Test
  void findsExactlyWhatTheDefinitionSays() {
    long seed = 20261122;
    List<StoredRecord> records = new RandomRecords(seed, 2).list(1_500);
    RandomFilters filters = new RandomFilters(seed + 1);
    int selective = 0;
    try (SegmentReader reader = write(records)) {
      assertThat(reader.text()).as("an index of texts").isNotNull();
      RoaringBitmap everyThird = every(3, records.size());
      for (int i = 0; i < 1_500; i++) {
        Where where = filters.next();
        RoaringBitmap candidates = i % 4 == 0 ? everyThird : every(1, records.size());
        RoaringBitmap before = candidates.clone();
        RoaringBitmap expected = expected(where, records, candidates);
        assertThat(reader.matching(where, candidates))
            .as("seed %d filter %d: %s", seed, i, where)
            .isEqualTo(expected);
        assertThat(candidates).as("seed %d: candidates stay", seed).isEqualTo(before);
        selective += expected.isEmpty() || expected.equals(candidates) ? 0 : 1;
      }
    }
    assertThat(selective).as("filters that tell rows apart").isGreaterThan(700);
  }

  private SegmentReader write(List<StoredRecord> records) {
    try (SegmentWriter writer =
        new SegmentWriter(folder, new SegmentId(new UUID(1, 2)), new Epoch(1), Space.L2, 2)) {
      records.forEach(writer::add);
      return SegmentReader.open(writer.finish(), file -> folder.resolve(file.name()));
    }
  }

  private static RoaringBitmap every(int step, int rows) {
    RoaringBitmap bitmap = new RoaringBitmap();
    for (int row = 0; row < rows; row += step) {
      bitmap.add(row);
    }
    return bitmap;
  }

  private static RoaringBitmap expected(
      Where where, List<StoredRecord> records, RoaringBitmap candidates) {
    RoaringBitmap expected = new RoaringBitmap();
    candidates.forEach((int row) -> {
      StoredRecord record = records.get(row);
      if (where.matches(record.metadata(), record.document())) {
        expected.add(row);
      }
    });
    return expected;
  }
}
