package dev.siltstone.segment.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.segment.file.MemorySource;
import dev.siltstone.where.Comparison;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

class MetadataIndexTest {
  @TempDir Path folder;

  @Test
  void findsOneValueOnceHoweverOftenItOccurs() throws IOException {
    try (MetadataIndex index =
        index(
            one("k", new StringValue("x")),
            one("k", new StringValue("y")),
            one("k", new StringValue("x")),
            one("other", new StringValue("x")),
            one("k", new StringList(List.of(new StringValue("x"), new StringValue("x")))))) {
      assertThat(index.equalTo("k", new StringValue("x"))).isEqualTo(rows(0, 2));
      assertThat(index.equalTo("k", new StringValue("y"))).isEqualTo(rows(1));
      assertThat(index.equalTo("k", new StringValue(""))).isEqualTo(rows());
      assertThat(index.equalTo("k", new IntValue(1))).isEqualTo(rows());
      assertThat(index.containing("k", new StringValue("x"))).isEqualTo(rows(4));
      assertThat(index.rows()).isEqualTo(5);
    }
  }

  @Test
  void keepsNumbersInTheirExactOrderAcrossKinds() throws IOException {
    long twoTo53 = 1L << 53;
    try (MetadataIndex index =
        index(
            one("n", new IntValue(twoTo53)),
            one("n", new IntValue(twoTo53 + 1)),
            one("n", new FloatValue(twoTo53 + 2.0)),
            one("n", new FloatValue(-1.5)),
            one("n", new FloatValue(-0.25)),
            one("n", new FloatValue(0x1p63)),
            one("n", new IntValue(Long.MAX_VALUE)),
            one("n", new BoolValue(true)))) {
      assertThat(index.equalTo("n", new FloatValue(twoTo53))).isEqualTo(rows(0));
      assertThat(order(index, Comparison.GREATER, new FloatValue(twoTo53)))
          .isEqualTo(rows(1, 2, 5, 6));
      assertThat(order(index, Comparison.LESS, new FloatValue(0x1p63)))
          .isEqualTo(rows(0, 1, 2, 3, 4, 6));
      assertThat(order(index, Comparison.GREATER_OR_EQUAL, new FloatValue(0x1p63)))
          .isEqualTo(rows(5));
      assertThat(order(index, Comparison.LESS, new FloatValue(-0.25))).isEqualTo(rows(3));
      assertThat(order(index, Comparison.LESS_OR_EQUAL, new FloatValue(-0.25)))
          .isEqualTo(rows(3, 4));
      assertThat(order(index, Comparison.GREATER, new IntValue(-1)))
          .isEqualTo(rows(0, 1, 2, 4, 5, 6));
      assertThat(index.equalTo("n", new BoolValue(true))).isEqualTo(rows(7));
      assertThat(index.equalTo("n", new IntValue(1))).isEqualTo(rows());
    }
  }

  @Test
  void comparesLongStringsWhole() throws IOException {
    String prefix = "x".repeat(127);
    try (MetadataIndex index =
        index(
            one("k", new StringValue(prefix)),
            one("k", new StringValue(prefix + "1")),
            one("k", new StringValue(prefix + "2")),
            one("k", new StringValue(prefix + "1")),
            one("k", new StringValue(prefix + "long tail 1")),
            one("k", new StringValue(prefix + "long tail 2")))) {
      assertThat(index.equalTo("k", new StringValue(prefix))).isEqualTo(rows(0));
      assertThat(index.equalTo("k", new StringValue(prefix + "1"))).isEqualTo(rows(1, 3));
      assertThat(index.equalTo("k", new StringValue(prefix + "3"))).isEqualTo(rows());
      assertThat(index.equalTo("k", new StringValue(prefix + "long tail 1"))).isEqualTo(rows(4));
      assertThat(index.equalTo("k", new StringValue(prefix + "long tail 2"))).isEqualTo(rows(5));
      assertThat(index.equalTo("k", new StringValue(prefix + "long tail 3"))).isEqualTo(rows());
    }
  }

  @Test
  void findsAmongManyKeysAndValues() throws IOException {
    Metadata[] metadata =
        IntStream.range(0, 2_000)
            .mapToObj(row -> one("key " + row % 700, new StringValue("value " + row)))
            .toArray(Metadata[]::new);
    try (MetadataIndex index = index(metadata)) {
      for (int row = 0; row < 2_000; row++) {
        assertThat(index.equalTo("key " + row % 700, new StringValue("value " + row)))
            .isEqualTo(rows(row));
      }
      assertThat(index.equalTo("key 700", new StringValue("value 1"))).isEqualTo(rows());
    }
  }

  @Test
  void joinsTheRowsOfSeveralValues() throws IOException {
    Metadata[] metadata =
        LongStream.range(0, 200_000)
            .mapToObj(row -> one("n", new IntValue(row % 100)))
            .toArray(Metadata[]::new);
    try (MetadataIndex index = index(metadata)) {
      RoaringBitmap found =
          index.equalToAny("n", List.of(new IntValue(7), new FloatValue(8.0), new IntValue(1_000)));
      assertThat(found.getCardinality()).isEqualTo(4_000);
      assertThat(found.contains(199_907)).isTrue();
      assertThat(found.contains(199_908)).isTrue();
      assertThat(order(index, Comparison.GREATER_OR_EQUAL, new IntValue(10)).getCardinality())
          .isEqualTo(180_000);
    }
  }

  @Test
  void knowsWhichRowsHaveADocument() throws IOException {
    MetadataIndexWriter writer = new MetadataIndexWriter(folder.resolve("filters.idx"));
    writer.add(Metadata.NONE, true);
    writer.add(Metadata.NONE, false);
    writer.add(Metadata.NONE, true);
    writer.finish();
    try (MetadataIndex index =
        MetadataIndex.open(new MemorySource(Files.readAllBytes(folder.resolve("filters.idx"))))) {
      assertThat(index.withDocument()).isEqualTo(rows(0, 2));
      assertThat(index.equalTo("k", new IntValue(1))).isEqualTo(rows());
      index.verify();
    }
  }

  @Test
  void findsElementsOfNumberLists() throws IOException {
    try (MetadataIndex index =
        index(
            one("k", new IntList(List.of(new IntValue(1), new IntValue(2)))),
            one("k", new IntValue(2)))) {
      assertThat(index.containing("k", new FloatValue(2.0))).isEqualTo(rows(0));
      assertThat(index.equalTo("k", new IntValue(2))).isEqualTo(rows(1));
      assertThat(index.inOrder("k", Comparison.GREATER, new IntValue(0))).isEqualTo(rows(1));
    }
  }

  @Test
  void noticesADamagedDirectory() throws IOException {
    index(one("k", new IntValue(1)), one("k", new IntValue(1))).close();
    byte[] bytes = Files.readAllBytes(folder.resolve("filters.idx"));
    int key = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf('k');
    bytes[key] = 'j';
    assertThatThrownBy(() -> MetadataIndex.open(new MemorySource(bytes)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("section 3");
  }

  private static RoaringBitmap order(MetadataIndex index, Comparison comparison, Scalar operand) {
    return index.inOrder("n", comparison, operand);
  }

  private static Metadata one(String key, MetadataValue value) {
    return Metadata.of(Map.of(key, value));
  }

  private static RoaringBitmap rows(int... rows) {
    return RoaringBitmap.bitmapOf(rows);
  }

  private MetadataIndex index(Metadata... metadata) throws IOException {
    Path path = folder.resolve("filters.idx");
    Files.deleteIfExists(path);
    MetadataIndexWriter writer = new MetadataIndexWriter(path);
    for (Metadata one : metadata) {
      writer.add(one, true);
    }
    writer.finish();
    return MetadataIndex.open(new MemorySource(Files.readAllBytes(path)));
  }
}
