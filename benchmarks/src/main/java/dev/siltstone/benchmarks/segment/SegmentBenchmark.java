package dev.siltstone.benchmarks.segment;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.SegmentVerifier;
import dev.siltstone.segment.SegmentWriter;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a segment's own files cost: bytes per row, opening, lookups, filters, hydration. Arguments:
 * rows (100,000 by default) and dimension (384). Writes to a temporary folder and removes it.
 */
public final class SegmentBenchmark {
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 20_000;
  private static final int OPENINGS = 41;

  private final int rows;
  private final int dimension;
  private final Random random = new Random(7);
  private final String[] vocabulary = vocabulary();

  private SegmentBenchmark(int rows, int dimension) {
    this.rows = rows;
    this.dimension = dimension;
  }

  /** Runs everything and prints one line a figure. */
  public static void main(String[] arguments) throws IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int dimension = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 384;
    Path folder = Files.createTempDirectory("segment-benchmark");
    try {
      new SegmentBenchmark(rows, dimension).run(folder);
    } finally {
      for (Path file : Files.list(folder).toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private void run(Path folder) {
    SegmentDescriptor segment = write(folder);
    open(segment, folder);
    try (SegmentReader reader = SegmentReader.open(segment, file -> folder.resolve(file.name()))) {
      lookups(reader);
      hydration(reader);
      filters(reader);
      documents(reader);
    }
  }

  private SegmentDescriptor write(Path folder) {
    long start = System.nanoTime();
    try (SegmentWriter writer =
        new SegmentWriter(
            folder, new SegmentId(new UUID(0, 1)), new Epoch(1), Space.L2, dimension)) {
      for (int row = 0; row < rows; row++) {
        writer.add(record(row));
      }
      SegmentDescriptor segment = writer.finish();
      print("write, rows/s", rows / ((System.nanoTime() - start) / 1e9));
      segment
          .files()
          .forEach(file -> print(file.name() + ", bytes/row", (double) file.bytes() / rows));
      return segment;
    }
  }

  private void open(SegmentDescriptor segment, Path folder) {
    double[] millis = new double[OPENINGS];
    for (int i = 0; i < OPENINGS; i++) {
      long begin = System.nanoTime();
      SegmentReader reader = SegmentReader.open(segment, file -> folder.resolve(file.name()));
      millis[i] = (System.nanoTime() - begin) / 1e6;
      reader.close();
    }
    print("open first, classes loaded on the way, ms", millis[0]);
    Arrays.sort(millis);
    print("open, median, ms", millis[OPENINGS / 2]);
    long start = System.nanoTime();
    segment.files().forEach(file -> SegmentVerifier.verify(file, folder.resolve(file.name())));
    print("verify, MB/s", segment.bytes() / ((System.nanoTime() - start) / 1e3));
  }

  private void lookups(SegmentReader reader) {
    time("rowOf present", i -> reader.rowOf(id(at(i))));
    time("rowOf absent", i -> reader.rowOf(new RecordId("absent-" + i)));
    time("id of row", i -> reader.id(at(i)));
    time("order of row", i -> reader.order(at(i)));
  }

  private void hydration(SegmentReader reader) {
    time("document of a random row", i -> reader.document(at(i)));
    time("metadata of a random row", i -> reader.metadata(at(i)));
    RowCursor cursor = reader.cursor();
    time(
        "document and metadata, next row",
        i -> {
          cursor.document(i % rows);
          cursor.metadata(i % rows);
        });
  }

  private void filters(SegmentReader reader) {
    RoaringBitmap all = DeletedRows.NONE.liveOf(rows);
    filter(reader, all, "1 % by equality", Map.of("category", "c17"));
    filter(reader, all, "10 % by equality", Map.of("decile", 3));
    filter(reader, all, "1 % by range, all values differ", Map.of("score", Map.of("$lt", 0.01)));
    filter(reader, all, "10 % by range, all values differ", Map.of("score", Map.of("$lt", 0.1)));
    filter(reader, all, "90 % by range, all values differ", Map.of("score", Map.of("$gte", 0.1)));
    filter(reader, all, "one row by string, all values differ", Map.of("source", "file-77.txt"));
    filter(reader, all, "$ne", Map.of("decile", Map.of("$ne", 3)));
    filter(reader, all, "$in of 20", Map.of("category", Map.of("$in", categories(20))));
    filter(
        reader,
        all,
        "$and of three",
        Map.of(
            "$and",
            List.of(
                Map.of("decile", 3),
                Map.of("flag", true),
                Map.of("tags", Map.of("$contains", "t1")))));
  }

  private void documents(SegmentReader reader) {
    RoaringBitmap all = DeletedRows.NONE.liveOf(rows);
    Where contains = WhereParser.parseDocument(Map.of("$contains", vocabulary[700] + " "));
    Where regex = WhereParser.parseDocument(Map.of("$regex", vocabulary[700] + "\\s[a-z]+ing"));
    for (int round = 0; round < 3; round++) {
      scan(reader, all, "$contains by scan, ms", contains);
      scan(reader, all, "$regex by scan, ms", regex);
    }
  }

  private void scan(SegmentReader reader, RoaringBitmap all, String what, Where where) {
    long start = System.nanoTime();
    int found = reader.matching(where, all).getCardinality();
    print(what + ", found " + found, (System.nanoTime() - start) / 1e6);
  }

  private void filter(SegmentReader reader, RoaringBitmap all, String what, Map<String, ?> tree) {
    Where where = WhereParser.parse(tree);
    int found = reader.matching(where, all).getCardinality();
    time("filter " + what + ", finds " + found, _ -> reader.matching(where, all));
  }

  /** Prints median and 99th percentile of single calls, in microseconds. */
  private static void time(String what, IntConsumer call) {
    for (int i = 0; i < WARM_UP; i++) {
      call.accept(i);
    }
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      call.accept(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-55s %10.2f µs   p99 %8.2f µs%n",
        what, nanos[ROUNDS / 2] / 1e3, nanos[ROUNDS / 100 * 99] / 1e3);
  }

  private static void print(String what, double value) {
    System.out.printf("%-55s %10.2f%n", what, value);
  }

  /** A row that looks random and differs from call to call. */
  private int at(int i) {
    return (int) Math.floorMod(i * 0x9e3779b97f4a7c15L >>> 20, rows);
  }

  private StoredRecord record(int row) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = random.nextFloat();
    }
    return new StoredRecord(
        id(row),
        new OrderKey(1 + row / 1_000, row % 1_000),
        Embedding.owning(values),
        text(),
        null,
        metadata(row));
  }

  private static RecordId id(int row) {
    return new RecordId(new UUID(row * 0x9e3779b97f4a7c15L, row).toString());
  }

  private Metadata metadata(int row) {
    Map<String, MetadataValue> values = new TreeMap<>();
    values.put("category", new StringValue("c" + random.nextInt(100)));
    values.put("decile", new IntValue(random.nextInt(10)));
    values.put("score", new FloatValue(random.nextDouble()));
    values.put("source", new StringValue("file-" + row + ".txt"));
    values.put("flag", new BoolValue(random.nextBoolean()));
    values.put(
        "tags",
        new StringList(
            List.of(
                new StringValue("t" + random.nextInt(5)),
                new StringValue("u" + random.nextInt(50)))));
    return Metadata.of(values);
  }

  /** About 150 words, frequent ones more often, as in an abstract. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int words = 100 + random.nextInt(100); words > 0; words--) {
      double skewed = Math.pow(random.nextDouble(), 3);
      text.append(vocabulary[(int) (skewed * vocabulary.length)]).append(' ');
    }
    return text.toString();
  }

  private static List<String> categories(int count) {
    String[] names = new String[count];
    Arrays.setAll(names, i -> "c" + i);
    return List.of(names);
  }

  private static String[] vocabulary() {
    Random letters = new Random(11);
    String[] words = new String[20_000];
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = 2 + letters.nextInt(9); length > 0; length--) {
        word.append((char) ('a' + letters.nextInt(26)));
      }
      words[i] = word.append(i % 7 == 0 ? "ing" : "").toString();
    }
    return words;
  }
}
