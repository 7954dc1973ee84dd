package dev.siltstone.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.identity.Generation;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same history gives the same answers wherever it is cut into snapshots, and however it is
 * rolled back; and every retained snapshot goes on giving the answers it gave when it was current.
 */
class PublishPointsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DIMENSION = 5;
  private static final int IDS = 60;
  private static final int DELTAS = 40;
  private static final int PAGE = 7;
  private static final Map<String, String> NOW = Map.of();

  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void getAndQueryAnswerAsThePlainModelWhereverSnapshotsArePublished(long seed) throws IOException {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, seed)) {
      check(pipeline, seed, false);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void theyAnswerTheSameWhenEveryCompactionFetchesByRange(long seed) throws IOException {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, seed)) {
      check(pipeline, seed, true);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8})
  void theAwsFamilyAnswersTheSame(long seed) throws IOException {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        Pipeline pipeline = Pipeline.aws(family, folder, Space.L2, seed)) {
      check(pipeline, seed, seed % 2 == 0);
    }
  }

  private static void check(Pipeline pipeline, long seed, boolean cold) throws IOException {
    Random random = new Random(seed);
    Map<String, Row> model = new LinkedHashMap<>();
    Map<Long, Map<String, Row>> snapshots = new HashMap<>();
    for (int delta = 0; delta < DELTAS; delta++) {
      List<Operation> operations = randomOperations(random);
      pipeline.write(operations);
      operations.forEach(operation -> apply(model, operation));
      if (random.nextInt(4) == 0) {
        CompactionReport report = cold ? pipeline.compactCold() : pipeline.compact();
        assertThat(report.outcome()).as("seed %d", seed).isEqualTo(Outcome.DRAINED);
        snapshots.put(pipeline.published().generation().value(), copy(model));
      }
      if (!snapshots.isEmpty() && random.nextInt(8) == 0) {
        rollBack(pipeline, model, snapshots, random);
      }
      if (random.nextInt(6) == 0) {
        deleteByFilter(pipeline, model, random.nextInt(10), seed);
      }
      if (delta % 5 == 4) {
        assertPages(pipeline, model, NOW, seed);
        assertNearest(pipeline, model, random, seed);
        assertOlder(pipeline, snapshots, random, seed);
      }
    }
    pipeline.compact();
    assertPages(pipeline, model, NOW, seed);
    assertNearest(pipeline, model, random, seed);
    assertOlder(pipeline, snapshots, random, seed);
  }

  /** To any snapshot still retained; folded at once, or left to the next run. */
  private static void rollBack(
      Pipeline pipeline,
      Map<String, Row> model,
      Map<Long, Map<String, Row>> snapshots,
      Random random) {
    List<Long> retained = retained(pipeline, snapshots);
    if (retained.isEmpty()) {
      return;
    }
    long target = retained.get(random.nextInt(retained.size()));
    model.clear();
    model.putAll(copy(requireNonNull(snapshots.get(target))));
    if (random.nextBoolean()) {
      pipeline.rollBack(Long.toString(target));
      snapshots.put(pipeline.published().generation().value(), copy(model));
    } else {
      pipeline.placeRollback(Long.toString(target));
    }
  }

  private static void assertOlder(
      Pipeline pipeline, Map<Long, Map<String, Row>> snapshots, Random random, long seed)
      throws IOException {
    List<Long> retained = snapshots.isEmpty() ? List.of() : retained(pipeline, snapshots);
    if (!retained.isEmpty()) {
      long one = retained.get(random.nextInt(retained.size()));
      Map<String, Row> then = requireNonNull(snapshots.get(one));
      assertPages(pipeline, then, Map.of("x-siltstone-as-of", "" + one), seed);
    }
  }

  private static List<Long> retained(Pipeline pipeline, Map<Long, Map<String, Row>> snapshots) {
    Manifest current = pipeline.published();
    return snapshots.keySet().stream()
        .filter(generation ->
            generation == current.generation().value()
                || current.retained(new Generation(generation)).isPresent())
        .sorted()
        .toList();
  }

  private static Map<String, Row> copy(Map<String, Row> model) {
    Map<String, Row> copy = new LinkedHashMap<>();
    model.forEach((id, row) -> copy.put(id, row.copy()));
    return copy;
  }

  private static void deleteByFilter(Pipeline pipeline, Map<String, Row> model, long n, long seed)
      throws IOException {
    ApiResponse response =
        pipeline.call(Route.DELETE_RECORDS, "{\"where\":{\"n\":%d}}".formatted(n));
    int before = model.size();
    model.values().removeIf(row -> row.n != null && row.n == n);
    assertThat(JSON.readTree(response.body()).get("deleted").asInt())
        .as("seed %d", seed)
        .isEqualTo(before - model.size());
  }

  private static void assertPages(
      Pipeline pipeline, Map<String, Row> model, Map<String, String> headers, long seed)
      throws IOException {
    List<Map.Entry<String, Row>> expected = new ArrayList<>(model.entrySet());
    for (int offset = 0; offset <= expected.size(); offset += PAGE) {
      JsonNode page =
          json(
              pipeline.call(
                  Route.GET_RECORDS,
                  "{\"limit\":%d,\"offset\":%d,\"include\":[\"documents\",\"metadatas\",\"embeddings\"]}"
                      .formatted(PAGE, offset),
                  headers));
      List<Map.Entry<String, Row>> rows =
          expected.subList(offset, Math.min(expected.size(), offset + PAGE));
      assertThat(page.get("ids")).as("seed %d", seed).hasSize(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        assertRow(page, i, rows.get(i), seed);
      }
    }
    assertThat(new String(pipeline.call(Route.COUNT, "", headers).body(), StandardCharsets.UTF_8))
        .as("seed %d", seed)
        .isEqualTo(Integer.toString(model.size()));
  }

  private static void assertRow(JsonNode page, int i, Map.Entry<String, Row> row, long seed) {
    assertThat(page.get("ids").get(i).asText()).as("seed %d", seed).isEqualTo(row.getKey());
    JsonNode document = page.get("documents").get(i);
    assertThat(document.isNull() ? null : document.asText()).isEqualTo(row.getValue().document);
    JsonNode metadata = page.get("metadatas").get(i);
    assertThat(metadata.isNull() ? null : Long.valueOf(metadata.get("n").asLong()))
        .isEqualTo(row.getValue().n);
    for (int d = 0; d < DIMENSION; d++) {
      assertThat((float) page.get("embeddings").get(i).get(d).asDouble())
          .isEqualTo(row.getValue().vector[d]);
    }
  }

  private static void assertNearest(
      Pipeline pipeline, Map<String, Row> model, Random random, long seed) throws IOException {
    float[] query = randomVector(random);
    int atLeast = random.nextInt(10);
    List<String> expected =
        model.entrySet().stream()
            .filter(row -> row.getValue().n != null && row.getValue().n >= atLeast)
            .sorted(Comparator.comparingDouble(row -> distance(query, row.getValue().vector)))
            .limit(5)
            .map(Map.Entry::getKey)
            .toList();
    JsonNode answer =
        json(
            pipeline.call(
                Route.QUERY,
                "{\"query_embeddings\":[%s],\"n_results\":5,\"where\":{\"n\":{\"$gte\":%d}},\"include\":[]}"
                    .formatted(JSON.writeValueAsString(query), atLeast)));
    List<String> found = new ArrayList<>();
    answer.get("ids").get(0).forEach(id -> found.add(id.asText()));
    assertThat(found).as("seed %d", seed).isEqualTo(expected);
  }

  private static JsonNode json(ApiResponse response) throws IOException {
    assertThat(response.status()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static List<Operation> randomOperations(Random random) {
    List<Operation> operations = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      operations.add(randomOperation(random));
    }
    return operations;
  }

  private static Operation randomOperation(Random random) {
    RecordId id = new RecordId("id-" + random.nextInt(IDS));
    String document = random.nextBoolean() ? "text " + random.nextInt(1000) : null;
    MetadataPatch patch = randomPatch(random);
    Embedding embedding = Embedding.of(randomVector(random));
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new Operation.Add(id, embedding, document, null, patch);
      case 3, 4 -> new Operation.Upsert(id, embedding, document, null, patch);
      case 5, 6 ->
          new Operation.Update(id, random.nextBoolean() ? embedding : null, document, null, patch);
      default -> new Operation.Delete(id);
    };
  }

  private static MetadataPatch randomPatch(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> MetadataPatch.NONE;
      case 1 -> MetadataPatch.of(Map.of(), Set.of("n"));
      default -> {
        Map<String, MetadataValue> set = Map.of("n", new IntValue(random.nextInt(10)));
        yield MetadataPatch.setting(set);
      }
    };
  }

  private static float[] randomVector(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = random.nextFloat() * 2 - 1;
    }
    return vector;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return sum;
  }

  private static void apply(Map<String, Row> model, Operation operation) {
    String id = operation.id().value();
    switch (operation) {
      case Operation.Add add -> {
        if (!model.containsKey(id)) {
          model.put(id, new Row().merge(add.embedding(), add.document(), add.metadata()));
        }
      }
      case Operation.Upsert upsert ->
          model
              .computeIfAbsent(id, _ -> new Row())
              .merge(upsert.embedding(), upsert.document(), upsert.metadata());
      case Operation.Update update -> {
        Row row = model.get(id);
        if (row != null) {
          row.merge(update.embedding(), update.document(), update.metadata());
        }
      }
      case Operation.Delete _ -> model.remove(id);
    }
  }

  /** A record of the plain model. */
  private static final class Row {
    private float[] vector = new float[DIMENSION];
    private @Nullable String document;
    private @Nullable Long n;

    private Row copy() {
      Row copy = new Row();
      copy.vector = vector;
      copy.document = document;
      copy.n = n;
      return copy;
    }

    private Row merge(
        @Nullable Embedding embedding, @Nullable String newDocument, MetadataPatch patch) {
      if (embedding != null) {
        vector = embedding.toArray();
      }
      if (newDocument != null) {
        document = newDocument;
      }
      if (patch.removed().contains("n")) {
        n = null;
      }
      if (patch.set().get("n") instanceof IntValue value) {
        n = value.value();
      }
      return this;
    }
  }
}
