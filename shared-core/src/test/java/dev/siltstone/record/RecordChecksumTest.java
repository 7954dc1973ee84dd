package dev.siltstone.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordChecksumTest {
  private static final Metadata THREE = Metadata.of(Map.of("n", new IntValue(3)));

  @Test
  void differsWhenAnythingDiffers() {
    List<StoredRecord> records =
        List.of(
            record("a", 1, 0, "d", "u", THREE, 1f, 2f),
            record("b", 1, 0, "d", "u", THREE, 1f, 2f),
            record("a", 2, 0, "d", "u", THREE, 1f, 2f),
            record("a", 1, 1, "d", "u", THREE, 1f, 2f),
            record("a", 1, 0, null, "u", THREE, 1f, 2f),
            record("a", 1, 0, "", "u", THREE, 1f, 2f),
            record("a", 1, 0, "du", null, THREE, 1f, 2f),
            record("a", 1, 0, "d", "u", Metadata.NONE, 1f, 2f),
            record("a", 1, 0, "d", "u", Metadata.of(Map.of("n", new FloatValue(3.0))), 1f, 2f),
            record("a", 1, 0, "d", "u", THREE, 1f, 2.0000002f),
            record("a", 1, 0, "d", "u", THREE, 1f));
    Set<RecordChecksum> checksums = new HashSet<>();
    records.forEach(record -> checksums.add(RecordChecksum.of(record)));
    assertThat(checksums).hasSameSizeAs(records);
  }

  /** It is stored in segments: a change of the encoding would make every one of them wrong. */
  @Test
  void neverChanges() {
    assertThat(RecordChecksum.of(record("a", 1, 0, "d", null, THREE, 1f, -2.5f)))
        .hasToString("eeac61b1c9947b4159a501b78bee3b71");
  }

  private static StoredRecord record(
      String id,
      long sequence,
      int index,
      @Nullable String document,
      @Nullable String uri,
      Metadata metadata,
      float... values) {
    return new StoredRecord(
        new RecordId(id),
        new OrderKey(sequence, index),
        Embedding.of(values),
        document,
        uri,
        metadata);
  }
}
