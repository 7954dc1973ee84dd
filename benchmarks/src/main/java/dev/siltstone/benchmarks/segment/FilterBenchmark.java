package dev.siltstone.benchmarks.segment;

import dev.siltstone.benchmarks.segment.SqliteFilters.Layout;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The segment's mapped filter file beside two layouts of a SQLite file, over the same metadata:
 * every answer is compared, then timed in alternating rounds. Argument: rows (100,000 by default).
 * Prints a table; each figure in µs is the median of the rounds' medians, each ratio how many times
 * as long SQLite takes as the mapped file.
 */
public final class FilterBenchmark {
  private static final long SEED = 7;
  private static final int ROUNDS = 7;
  private static final int OPENINGS = 41;
  private static final long ROUND_NANOS = 100_000_000;

  private FilterBenchmark() {}

  /** Runs everything in a temporary folder, which it removes. */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    Path folder = Files.createTempDirectory("filter-benchmark");
    Path mapped = folder.resolve("filters.idx");
    Path lines = folder.resolve("lines.sqlite");
    Path bitmaps = folder.resolve("bitmaps.sqlite");
    try {
      List<Metadata> metadata = metadata(rows);
      MappedFilters.write(mapped, metadata);
      SqliteFilters.write(lines, metadata, Layout.LINES);
      SqliteFilters.write(bitmaps, metadata, Layout.BITMAPS);
      System.out.printf("%,d rows, seed %d%n%n", rows, SEED);
      System.out.println("| | rows found | mapped | SQLite lines | SQLite bitmaps | ratios |");
      System.out.println("|---|---|---|---|---|---|");
      row("bytes on disk", "", Files.size(mapped), Files.size(lines), Files.size(bitmaps));
      compare(
          List.of(
              () -> MappedFilters.open(mapped),
              () -> SqliteFilters.open(lines, Layout.LINES),
              () -> SqliteFilters.open(bitmaps, Layout.BITMAPS)));
    } finally {
      for (Path file : List.of(mapped, lines, bitmaps)) {
        Files.deleteIfExists(file);
      }
      Files.delete(folder);
    }
  }

  private static void compare(List<Callable<FilterContestant>> files) throws Exception {
    Map<String, Where> questions = questions();
    Where first = questions.values().iterator().next();
    double[] opening = new double[files.size()];
    for (int i = 0; i < opening.length; i++) {
      opening[i] = opening(files.get(i), first);
    }
    row("open and first answer, µs", "", opening);
    List<FilterContestant> open = new ArrayList<>();
    try {
      for (Callable<FilterContestant> file : files) {
        open.add(file.call());
      }
      for (Map.Entry<String, Where> question : questions.entrySet()) {
        ask(question.getKey(), question.getValue(), open);
      }
    } finally {
      open.forEach(FilterContestant::close);
    }
  }

  private static double opening(Callable<FilterContestant> file, Where first) throws Exception {
    double[] micros = new double[OPENINGS];
    for (int i = 0; i < OPENINGS; i++) {
      long start = System.nanoTime();
      try (FilterContestant opened = file.call()) {
        opened.matching(first);
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
    }
    return median(micros);
  }

  private static void ask(String what, Where where, List<FilterContestant> all) {
    RoaringBitmap expected = all.getFirst().matching(where);
    double[][] micros = new double[all.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < all.size(); i++) {
        if (!all.get(i).matching(where).equals(expected)) {
          throw new AssertionError("different answers to " + what);
        }
        micros[i][round] = round(all.get(i), where);
      }
    }
    double[] medians = Arrays.stream(micros).mapToDouble(FilterBenchmark::median).toArray();
    row(what + ", µs", "%,d".formatted(expected.getCardinality()), medians);
  }

  private static double round(FilterContestant contestant, Where where) {
    List<Double> micros = new ArrayList<>();
    long end = System.nanoTime() + ROUND_NANOS;
    for (long start = System.nanoTime(); start < end; ) {
      contestant.matching(where);
      long now = System.nanoTime();
      micros.add((now - start) / 1e3);
      start = now;
    }
    return median(micros.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void row(String what, String found, double... values) {
    System.out.printf(
        "| %s | %s | %,.1f | %,.1f | %,.1f | %.1f, %.1f |%n",
        what, found, values[0], values[1], values[2], values[1] / values[0], values[2] / values[0]);
  }

  private static Map<String, Where> questions() {
    Map<String, Map<String, ?>> trees = new LinkedHashMap<>();
    Map<String, ?> percent = Map.of("category", "c17");
    Map<String, ?> tenth = Map.of("decile", 3);
    trees.put("equality 1 %", percent);
    trees.put("equality 10 %", tenth);
    trees.put("range 1 %, all values differ", Map.of("score", Map.of("$lt", 0.01)));
    trees.put("range 10 %, all values differ", Map.of("score", Map.of("$lt", 0.1)));
    trees.put("range 30 %, ten values", Map.of("decile", Map.of("$gte", 7)));
    trees.put("$and of 10 % and half", Map.of("$and", List.of(tenth, Map.of("flag", true))));
    trees.put("$or of 1 % and 10 %", Map.of("$or", List.of(percent, tenth)));
    Map<String, Where> questions = new LinkedHashMap<>();
    trees.forEach((what, tree) -> questions.put(what, WhereParser.parse(tree)));
    return questions;
  }

  private static List<Metadata> metadata(int rows) {
    Random random = new Random(SEED);
    List<Metadata> all = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      all.add(
          Metadata.of(
              new TreeMap<>(
                  Map.of(
                      "category", new StringValue("c" + random.nextInt(100)),
                      "decile", new IntValue(random.nextInt(10)),
                      "score", new FloatValue(random.nextDouble()),
                      "source", new StringValue("file-" + row + ".txt"),
                      "flag", new BoolValue(random.nextBoolean())))));
    }
    return all;
  }
}
