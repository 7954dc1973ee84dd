package dev.siltstone.benchmarks.pipeline;

import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.query.admin.AdminSettings;
import dev.siltstone.record.Metadata;
import dev.siltstone.segment.file.MappedSource;
import dev.siltstone.segment.fulltext.TextIndexWriter;
import dev.siltstone.segment.rows.RowBlocks;
import dev.siltstone.segment.rows.RowBlocksWriter;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Conditions on documents through the API, without HTTP: get of ten and query for the ten nearest,
 * beside reading every document as before there was an index, and beside SQLite's FTS5. Prints
 * sizes and what building costs.
 *
 * <pre>
 * ./mvnw -q -DskipTests -pl benchmarks -am package
 * bin/benchmark dev.siltstone.benchmarks.pipeline.TextFigures [documents] [dimension] [seed]
 * </pre>
 */
public final class TextFigures {
  private static final int BATCH = 1_000;
  private static final int CALLS = 200;
  private static final int SCANS = 5;

  private final Path folder;
  private final Corpus corpus;
  private final NodeClient client;

  private TextFigures(Path folder, Corpus corpus, NodeClient client) {
    this.folder = folder;
    this.corpus = corpus;
    this.client = client;
  }

  public static void main(String[] args) throws IOException, SQLException {
    int documents = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int dimension = args.length > 1 ? Integer.parseInt(args[1]) : 384;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 42;
    Path folder = Files.createTempDirectory("siltstone-text-");
    Corpus corpus = new Corpus(documents, seed);
    System.out.printf(
        "%d documents, %.1f MB, dimension %d, seed %d%n",
        documents, corpus.characters() / 1e6, dimension, seed);
    try (LocalNode node =
        LocalNode.open(
            new NodeSettings(
                folder.resolve("node"),
                new NoEmbedding(),
                NodeSettings.Compaction.ON_DEMAND,
                AdminSettings.Reset.REFUSED))) {
      new TextFigures(folder, corpus, new NodeClient(node, dimension, seed)).run();
    } finally {
      PipelineFigures.delete(folder);
    }
  }

  private void run() throws IOException, SQLException {
    building();
    load();
    Path rows = writeRows();
    try (RowBlocks blocks = RowBlocks.open(MappedSource.open(rows));
        SqliteTrigrams sqlite = writeSqlite()) {
      contains("a phrase", corpus.phrase(), blocks, sqlite);
      contains("a word in 0.1 %", corpus.wordIn(0.001), blocks, sqlite);
      contains("a word in 1 %", corpus.wordIn(0.01), blocks, sqlite);
      contains("a word in 10 %", corpus.wordIn(0.1), blocks, sqlite);
      contains("in none", "zzzyx", blocks, sqlite);
      condition("two characters", Map.of("$contains", "qz"), blocks);
      condition("without a word in 10 %", Map.of("$not_contains", corpus.wordIn(0.1)), blocks);
      String word = corpus.wordIn(0.01).strip();
      condition("regex, word and wildcard", Map.of("$regex", word + "\\s[a-z]+ing"), blocks);
      condition("regex, any case", Map.of("$regex", "(?i) " + word + " "), blocks);
      condition("regex, two words", Map.of("$regex", word + "|" + "zzzyx"), blocks);
      condition("regex without any text", Map.of("$regex", "[a-z]{9}"), blocks);
      condition("regex without any text, in none", Map.of("$regex", "[0-9]{3}"), blocks);
    }
  }

  private void building() throws IOException {
    for (int round = 0; round < 3; round++) {
      long bytes = build(corpus.documents());
      System.out.printf("text.idx of all: %.1f MB%n", bytes / 1e6);
      build(corpus.documents().subList(0, BATCH));
    }
  }

  private long build(List<String> documents) throws IOException {
    Path path = folder.resolve("text.idx");
    long start = cpuNanos();
    try (TextIndexWriter writer = new TextIndexWriter(path)) {
      documents.forEach(writer::add);
      writer.finish();
    }
    double seconds = (cpuNanos() - start) / 1e9;
    double megabytes = documents.stream().mapToLong(String::length).sum() / 1e6;
    System.out.printf(
        "build text.idx of %,d: %.1f ms of processor time, %.1f MB/s%n",
        documents.size(), seconds * 1e3, megabytes / seconds);
    long bytes = Files.size(path);
    Files.delete(path);
    return bytes;
  }

  private void load() throws IOException {
    client.createCollection();
    for (int from = 0; from < corpus.documents().size(); from += BATCH) {
      client.write(
          corpus.documents().subList(from, Math.min(corpus.documents().size(), from + BATCH)));
      if (from / BATCH < 20) {
        long start = System.nanoTime();
        client.compact();
        System.out.printf("fold of %,d: %.1f ms%n", BATCH, (System.nanoTime() - start) / 1e6);
      }
    }
    client.compact();
    client.query();
    printSizes();
  }

  /** All files that are there, those of merged segments included: which are live, gc would tell. */
  private void printSizes() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("node"))) {
      files
          .filter(path -> path.toString().contains("segment") && Files.isRegularFile(path))
          .filter(path -> length(path) > 1_000_000)
          .forEach(
              path -> System.out.printf("%s: %.1f MB%n", path.getFileName(), length(path) / 1e6));
    }
  }

  private Path writeRows() {
    Path path = folder.resolve("rows.blk");
    try (RowBlocksWriter writer = RowBlocksWriter.create(path)) {
      corpus.documents().forEach(document -> writer.add(document, null, Metadata.NONE));
      writer.finish();
    }
    return path;
  }

  private SqliteTrigrams writeSqlite() throws SQLException, IOException {
    Path path = folder.resolve("peer.sqlite");
    long start = System.nanoTime();
    SqliteTrigrams sqlite = SqliteTrigrams.write(path, corpus.documents());
    System.out.printf(
        "SQLite FTS5: built in %.1f s, %.1f MB with the documents%n",
        (System.nanoTime() - start) / 1e9, Files.size(path) / 1e6);
    return sqlite;
  }

  private void contains(String what, String text, RowBlocks blocks, SqliteTrigrams sqlite) {
    condition("$contains " + what, Map.of("$contains", text), blocks);
    Timings.of(CALLS, () -> sqlite.firstTen(text)).print("    SQLite, first ten");
    Timings.of(CALLS / 4, () -> sqlite.count(text)).print("    SQLite, count");
  }

  private void condition(String what, Map<String, String> condition, RowBlocks blocks) {
    Where where = WhereParser.parseDocument(condition);
    Map.Entry<String, String> only = condition.entrySet().iterator().next();
    String json = "{\"%s\":\"%s\"}".formatted(only.getKey(), only.getValue().replace("\\", "\\\\"));
    int found = scan(where, blocks);
    double scan = timed(what + ", all, by scan", SCANS, () -> scan(where, blocks));
    System.out.printf("    finds %,d%n", found);
    double get = timed("    get, limit 10", CALLS, () -> client.getWhereDocument(json, 10));
    double query = timed("    query, 10 nearest", CALLS, () -> client.queryWhereDocument(json));
    System.out.printf("    times the scan: get %.0f, query %.0f%n", scan / get, scan / query);
  }

  private static double timed(String what, int calls, Runnable action) {
    Timings timings = Timings.of(calls, action);
    timings.print(what);
    return timings.medianMillis();
  }

  private static int scan(Where where, RowBlocks blocks) {
    RowCursor cursor = blocks.cursor();
    int found = 0;
    for (int row = 0; row < blocks.rows(); row++) {
      found += where.matches(Metadata.NONE, cursor.document(row)) ? 1 : 0;
    }
    return found;
  }

  /** Of this thread: others compete for the processor while figures are made. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long length(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
