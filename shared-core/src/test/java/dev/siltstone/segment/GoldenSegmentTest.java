package dev.siltstone.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.Epoch;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.storage.Checksum;
import dev.siltstone.where.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files written by version 1 stay readable for ever. */
class GoldenSegmentTest {
  @TempDir Path folder;

  @Test
  void readsVersion1() throws Exception {
    List<StoredRecord> records = GoldenSegment.records();
    try (SegmentReader reader = SegmentReader.open(descriptor(golden()), golden()::file)) {
      RowCursor cursor = reader.cursor();
      for (int row = 0; row < records.size(); row++) {
        assertThat(reader.record(row, cursor)).isEqualTo(records.get(row));
        assertThat(reader.rowOf(records.get(row).id())).hasValue(row);
      }
      assertThat(reader.filters().equalTo("n", new IntValue(3)).getCardinality()).isEqualTo(43);
      assertThat(
              reader
                  .filters()
                  .inOrder("share", Comparison.LESS, new FloatValue(2.5))
                  .getCardinality())
          .isEqualTo(20);
      assertThat(reader.filters().equalTo("long", new StringValue("l".repeat(200))))
          .hasSize(1)
          .contains(0);
      assertThat(reader.filters().withDocument().getCardinality()).isEqualTo(302);
    }
    assertThat(DeletedRows.decode(Files.readAllBytes(golden().path("deleted.bitmap"))))
        .isEqualTo(GoldenSegment.deleted());
  }

  /** A changed byte here is a changed format: give it a new version. Blocks depend on zstd's. */
  @Test
  void stillWritesVersion1() throws Exception {
    GoldenSegment.write(folder);
    for (String name : List.of(SegmentFile.IDS, SegmentFile.FILTERS, "deleted.bitmap")) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(golden().path(name));
    }
  }

  private record Golden(Path folder) {
    Path path(String name) {
      return folder.resolve(name);
    }

    Path file(SegmentFile file) {
      return path(file.name());
    }
  }

  private static Golden golden() throws URISyntaxException {
    var graph = GoldenSegmentTest.class.getResource("/golden/segment-1/" + SegmentFile.GRAPH);
    assertThat(graph).isNotNull();
    return new Golden(Path.of(graph.toURI()).resolveSibling(""));
  }

  private static SegmentDescriptor descriptor(Golden golden) {
    List<StoredRecord> records = GoldenSegment.records();
    return new SegmentDescriptor(
        GoldenSegment.ID,
        new Epoch(3),
        records.size(),
        GoldenSegment.DIMENSION,
        Space.COSINE,
        records.getFirst().order(),
        records.getLast().order(),
        false,
        Stream.of(SegmentFile.GRAPH, SegmentFile.IDS, SegmentFile.ROWS, SegmentFile.FILTERS)
            .map(name -> described(name, golden.path(name)))
            .toList());
  }

  private static SegmentFile described(String name, Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      return new SegmentFile(name, bytes.length, Checksum.of(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
