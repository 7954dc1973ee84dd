package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions on documents over segments with and without an index and a tail, against a model. */
class TextConditionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20261121;
  private static final int RECORDS = 1_500;
  private static final List<String> WORDS =
      List.of("delta", "Delta", "river", "silt", "siltstone", "stone", "粉砂岩", "🪨", "the", "of");

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<String, Known> model = new LinkedHashMap<>();

  private record Known(float x, float y, @Nullable String document) {}

  @BeforeEach
  void printSeed() {
    System.out.println("text conditions: seed " + SEED);
  }

  @Test
  void getAndQueryFindExactlyWhatTheDefinitionSays() throws Exception {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, SEED)) {
      pipeline.write(adds(0, RECORDS));
      pipeline.compact();
      pipeline.write(changes());
      pipeline.write(adds(RECORDS, RECORDS + 100));
      pipeline.compact();
      pipeline.write(changes());
      pipeline.write(adds(RECORDS + 100, RECORDS + 150));
      for (int i = 0; i < 400; i++) {
        Map<String, ?> condition = condition(2);
        checkGet(pipeline, condition, i);
        checkQuery(pipeline, condition, i);
      }
    }
  }

  @Test
  void refusesRegularExpressionsThatWouldTakeTooLong() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, SEED)) {
      pipeline.write(List.of(add("long", "x".repeat(2_000_000))));
      pipeline.compact();
      String where =
          """
          {"where_document":{"$regex":"(x?){600}(x?){600}y"}}\
          """;
      assertThatThrownBy(() -> pipeline.call(Route.GET_RECORDS, where))
          .hasMessageContaining("Conditions on documents too expensive");
    }
  }

  private void checkGet(Pipeline pipeline, Map<String, ?> condition, int number)
      throws IOException {
    int offset = random.nextInt(3);
    int limit = 1 + random.nextInt(random.nextInt(4) == 0 ? 2_000 : 12);
    Where where = WhereParser.parseDocument(condition);
    List<String> expected =
        matching(where).stream().skip(offset).limit(limit).map(Map.Entry::getKey).toList();
    JsonNode answer =
        json(
            pipeline.call(
                Route.GET_RECORDS,
                JSON.writeValueAsString(
                    Map.of(
                        "where_document", condition,
                        "limit", limit,
                        "offset", offset,
                        "include", List.of()))));
    List<String> found = new ArrayList<>();
    answer.get("ids").forEach(id -> found.add(id.asText()));
    assertThat(found)
        .as("seed %d, %d: %s, %d from %d", SEED, number, where, limit, offset)
        .isEqualTo(expected);
  }

  private void checkQuery(Pipeline pipeline, Map<String, ?> condition, int number)
      throws IOException {
    float x = random.nextFloat();
    int few = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 12);
    int k = number % 16 == 0 ? Integer.MAX_VALUE : few;
    Where where = WhereParser.parseDocument(condition);
    List<String> expected =
        matching(where).stream()
            .sorted(Comparator.comparingDouble(known -> distance(x, known.getValue())))
            .limit(k)
            .map(Map.Entry::getKey)
            .toList();
    JsonNode answer =
        json(
            pipeline.call(
                Route.QUERY,
                JSON.writeValueAsString(
                    Map.of(
                        "query_embeddings",
                        List.of(List.of(x, 0.5f)),
                        "where_document",
                        condition,
                        "n_results",
                        k,
                        "include",
                        List.of()))));
    List<String> found = new ArrayList<>();
    answer.get("ids").get(0).forEach(id -> found.add(id.asText()));
    assertThat(found).as("seed %d, %d: %s, %d", SEED, number, where, k).isEqualTo(expected);
  }

  private List<Map.Entry<String, Known>> matching(Where where) {
    return model.entrySet().stream()
        .filter(known -> where.matches(Metadata.NONE, known.getValue().document()))
        .toList();
  }

  private static float distance(float x, Known known) {
    return (x - known.x()) * (x - known.x()) + (0.5f - known.y()) * (0.5f - known.y());
  }

  private List<Operation> adds(int from, int to) {
    List<Operation> operations = new ArrayList<>();
    for (int i = from; i < to; i++) {
      operations.add(add("id-" + i, document()));
    }
    return operations;
  }

  private Operation add(String id, @Nullable String document) {
    Known known = new Known(random.nextFloat(), random.nextFloat(), document);
    model.put(id, known);
    return new Operation.Add(
        new RecordId(id),
        Embedding.of(known.x(), known.y()),
        document,
        null,
        MetadataPatch.setting(Map.of("n", new IntValue(model.size() % 5))));
  }

  private List<Operation> changes() {
    List<Operation> operations = new ArrayList<>();
    for (String id : List.copyOf(model.keySet())) {
      switch (random.nextInt(8)) {
        case 0 -> {
          model.remove(id);
          operations.add(new Operation.Delete(new RecordId(id)));
        }
        case 1 -> {
          String document = word();
          model.computeIfPresent(id, (_, known) -> new Known(known.x(), known.y(), document));
          operations.add(
              new Operation.Update(new RecordId(id), null, document, null, MetadataPatch.NONE));
        }
        default -> {}
      }
    }
    return operations;
  }

  private Map<String, ?> condition(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> Map.of("$contains", text());
      case 1 -> Map.of("$not_contains", text());
      case 2 -> Map.of("$regex", pattern());
      case 3 -> Map.of("$not_regex", pattern());
      case 4 -> Map.of("$and", List.of(condition(depth - 1), condition(depth - 1)));
      default -> Map.of("$or", List.of(condition(depth - 1), condition(depth - 1)));
    };
  }

  private String text() {
    String text = word() + " " + word();
    int points = text.codePointCount(0, text.length());
    int from = random.nextInt(3);
    int to = Math.min(points, from + 3 + random.nextInt(5));
    return switch (random.nextInt(3)) {
      case 0 -> text;
      case 1 ->
          text.substring(
              text.offsetByCodePoints(0, Math.min(from, to)), text.offsetByCodePoints(0, to));
      default -> word();
    };
  }

  private String pattern() {
    List<String> patterns =
        List.of("sil.*river", "(?i)DELTA", "^the", "粉.+🪨$", ".", "(silt|stone) of", "t{2}", "\\d");
    return patterns.get(random.nextInt(patterns.size()));
  }

  private @Nullable String document() {
    if (random.nextInt(10) == 0) {
      return random.nextBoolean() ? null : "";
    }
    StringBuilder document = new StringBuilder(word());
    for (int words = random.nextInt(40); words > 0; words--) {
      document.append(' ').append(word());
    }
    return document.toString();
  }

  /** Earlier ones more often: some are in nearly every document and some in few. */
  private String word() {
    double skewed = Math.pow(random.nextDouble(), 3);
    return WORDS.get(WORDS.size() - 1 - (int) (skewed * WORDS.size()));
  }

  private static JsonNode json(ApiResponse response) throws IOException {
    assertThat(response.status()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
