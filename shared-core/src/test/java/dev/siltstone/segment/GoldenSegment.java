package dev.siltstone.segment;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The segment whose files are kept under {@code golden/segment-1}: one record per thing that the
 * formats can express, and enough more for several pages and blocks. When a format gets a new
 * version, write its files to a new folder and keep the old one: old files stay readable.
 */
final class GoldenSegment {
  static final SegmentId ID = SegmentId.parse("01890000-0000-7000-8000-000000000001");
  static final int DIMENSION = 3;

  private GoldenSegment() {}

  /** Writes the files into the folder that is given. */
  public static void main(String[] arguments) throws IOException {
    write(Files.createDirectories(Path.of(arguments[0])));
  }

  static SegmentDescriptor write(Path folder) throws IOException {
    Files.write(folder.resolve("deleted.bitmap"), deleted().encode());
    try (SegmentWriter writer =
        new SegmentWriter(folder, ID, new Epoch(3), Space.COSINE, DIMENSION)) {
      records().forEach(writer::add);
      return writer.finish();
    }
  }

  static DeletedRows deleted() {
    RoaringBitmap rows = new RoaringBitmap();
    rows.add(3);
    rows.add(100L, 150L);
    return DeletedRows.of(rows);
  }

  static List<StoredRecord> records() {
    List<StoredRecord> records = new ArrayList<>();
    records.add(
        new StoredRecord(
            new RecordId("all kinds"),
            new OrderKey(1, 0),
            Embedding.of(0.5f, -1.25f, 3e-8f),
            "A document.",
            "s3://bucket/key",
            Metadata.of(
                Map.of(
                    "bool", new BoolValue(true),
                    "bools", new BoolList(List.of(new BoolValue(false), new BoolValue(true))),
                    "float", new FloatValue(3.0),
                    "floats", new FloatList(List.of(new FloatValue(0.1), new FloatValue(-0.0))),
                    "int", new IntValue(Long.MIN_VALUE),
                    "ints", new IntList(List.of(new IntValue(7))),
                    "string", new StringValue("Zürich 🪨"),
                    "strings", new StringList(List.of(new StringValue(""))),
                    "long", new StringValue("l".repeat(200))))));
    records.add(bare("nothing else", 1, 1, null, Metadata.NONE));
    records.add(bare("empty document", 2, 0, "", Metadata.NONE));
    for (int i = 0; i < 300; i++) {
      Metadata metadata =
          Metadata.of(Map.of("n", new IntValue(i % 7), "share", new FloatValue(i / 8.0)));
      records.add(
          bare("id-%05d".formatted(i * 7919 % 300), 5, i, "Text " + i + ". ".repeat(40), metadata));
    }
    return records;
  }

  private static StoredRecord bare(
      String id, long sequence, int index, @Nullable String document, Metadata metadata) {
    return new StoredRecord(
        new RecordId(id),
        new OrderKey(sequence, index),
        Embedding.of((float) sequence, index, 1),
        document,
        null,
        metadata);
  }
}
