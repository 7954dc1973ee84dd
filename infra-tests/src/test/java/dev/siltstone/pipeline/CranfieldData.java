package dev.siltstone.pipeline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cranfield collection, where the machine has it: 1,400 abstracts, 225 queries, and which
 * abstracts answer which query.
 *
 * @param abstracts in file order; abstract i has number i + 1
 * @param queries in file order; query i has number i + 1 among the judgements
 * @param gains for each query, by abstract number: 4 (a complete answer) to 1 (of minimal interest)
 */
record CranfieldData(
    List<String> abstracts, List<String> queries, List<Map<Integer, Integer>> gains) {

  /** Reads it; skips the calling test where it is not. */
  static CranfieldData readOrSkip() throws IOException {
    Path folder =
        Optional.ofNullable(System.getenv("SILTSTONE_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"))
            .resolve("cranfield");
    assumeTrue(
        Files.exists(folder.resolve("cran.all.1400")),
        () -> "no Cranfield collection at " + folder + "; SILTSTONE_DATA may name its parent");
    List<String> queries = texts(folder.resolve("cran.qry"));
    return new CranfieldData(
        texts(folder.resolve("cran.all.1400")),
        queries,
        gains(folder.resolve("cranqrel"), queries.size()));
  }

  /** The {@code .W} part of every record; never empty, since embedding needs text. */
  private static List<String> texts(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean inText = false;
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(".I ")) {
        addText(texts, text);
        inText = false;
      } else if (line.startsWith(".W")) {
        inText = true;
      } else if (inText) {
        text.append(line.strip()).append(' ');
      }
    }
    addText(texts, text);
    return texts.subList(1, texts.size());
  }

  private static void addText(List<String> texts, StringBuilder text) {
    texts.add(text.isEmpty() ? "(no text)" : text.toString().strip());
    text.setLength(0);
  }

  private static List<Map<Integer, Integer>> gains(Path file, int queries) throws IOException {
    List<Map<Integer, Integer>> gains = new ArrayList<>();
    for (int i = 0; i < queries; i++) {
      gains.add(new HashMap<>());
    }
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      String[] parts = line.strip().split("\\s+");
      int code = Integer.parseInt(parts[2]);
      if (code > 0) {
        gains.get(Integer.parseInt(parts[0]) - 1).put(Integer.parseInt(parts[1]), 5 - code);
      }
    }
    return gains;
  }

  /** nDCG@10 of one ranking of abstract numbers; gains are linear, the discount logarithmic. */
  double ndcgAt10(int query, List<Integer> ranking) {
    List<Integer> ideal =
        gains.get(query).values().stream().sorted((a, b) -> b - a).limit(10).toList();
    double best = dcg(ideal);
    return best == 0
        ? 0
        : dcg(
                ranking.stream()
                    .limit(10)
                    .map(number -> gains.get(query).getOrDefault(number, 0))
                    .toList())
            / best;
  }

  private static double dcg(List<Integer> gains) {
    double sum = 0;
    for (int i = 0; i < gains.size(); i++) {
      sum += gains.get(i) / (Math.log(i + 2) / Math.log(2));
    }
    return sum;
  }
}
