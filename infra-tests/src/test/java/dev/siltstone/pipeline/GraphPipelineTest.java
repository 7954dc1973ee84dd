package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.compaction.MergeWorkers;
import dev.siltstone.log.Receipt;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Enough clustered vectors for graphs, over publishes and merges with updates and deletes between
 * and during them: answers show exactly what lives, and of its k nearest nearly all.
 */
class GraphPipelineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DIMENSION = 24;
  private static final int K = 10;
  private static final int QUERIES = 40;
  private static final long SEED = 42;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final float[][] centres = gaussians(60);
  private final Map<String, Row> model = new LinkedHashMap<>();
  private int ids;

  private record Near(String id, double distance) {}

  private record Row(float[] vector, int n) {}

  /** Recall@10 at the default ef of 100 is at least 0.99, at an ef of 20 at least 0.95. */
  @Test
  void findsTheNearestOfWhatLivesThroughPublishesAndMerges() throws IOException {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.COSINE, SEED)) {
      for (int publish = 0; publish < 8; publish++) {
        for (int delta = 0; delta < 3; delta++) {
          write(pipeline, operations(500, 60, 40));
        }
        assertThat(pipeline.compact().outcome()).isEqualTo(Outcome.DRAINED);
        assertLiveSet(pipeline);
      }
      assertThat(pipeline.snapshot().segments()).anyMatch(GraphPipelineTest::isLinked);
      write(pipeline, operations(200, 100, 100));
      assertLiveSet(pipeline);
      assertThat(recall(pipeline, "", row -> true, Map.of())).isGreaterThanOrEqualTo(0.99);
      assertThat(recall(pipeline, "", row -> true, ef(20))).isGreaterThanOrEqualTo(0.95);
    }
  }

  /** Selectivities of 0.1, 1, 10, 50 and 90 %: no filter costs recall. */
  @Test
  void filtersDoNotCostRecall() throws IOException {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, SEED)) {
      write(pipeline, operations(9_000, 0, 0));
      pipeline.compact();
      write(pipeline, operations(0, 300, 300));
      assertThat(pipeline.snapshot().segments()).allMatch(GraphPipelineTest::isLinked);
      double unfiltered = recall(pipeline, "", row -> true, ef(20));
      for (int below : new int[] {1, 10, 100, 500, 900}) {
        String where = ",\"where\":{\"n\":{\"$lt\":%d}}".formatted(below);
        assertThat(recall(pipeline, where, n -> n < below, ef(20)))
            .as("%.1f %%, seed %d", below / 10.0, SEED)
            .isGreaterThanOrEqualTo(unfiltered);
      }
    }
  }

  /**
   * What is deleted and replaced while a merge runs stays so when the merge is published. New rows
   * are few enough not to be merged at once.
   */
  @Test
  void writesDuringAMergeSurviveIt() throws IOException {
    List<Pipeline> opened = new ArrayList<>();
    MergeWorkers late =
        new MergeWorkers(
            merge ->
                Thread.ofPlatform()
                    .start(() -> {
                      Receipt written = write(opened.getFirst(), operations(50, 200, 400));
                      while (opened.getFirst().folded().compareTo(written.sequence()) < 0) {
                        Thread.onSpinWait();
                      }
                      merge.run();
                    }),
            2);
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.IP, late, SEED)) {
      opened.add(pipeline);
      write(pipeline, operations(6_000, 0, 0));
      assertThat(pipeline.compact().outcome()).isEqualTo(Outcome.DRAINED);
      assertThat(pipeline.snapshot().segments())
          .anyMatch(entry -> isLinked(entry) && entry.deleted() != null);
      assertLiveSet(pipeline);
      assertThat(recall(pipeline, "", row -> true, Map.of())).isGreaterThanOrEqualTo(0.99);
    }
  }

  /** A later look at a folded log finds nothing more to do. */
  @Test
  void aGraphAbsorbsASixteenthOfItsRowsOnceTheLogIsFolded() {
    try (Pipeline pipeline = Pipeline.embedded(folder, Space.L2, SEED)) {
      write(pipeline, operations(5_000, 0, 0));
      pipeline.compact();
      write(pipeline, operations(312, 0, 0));
      pipeline.compact();
      assertThat(pipeline.snapshot().segments()).hasSize(2);
      write(pipeline, operations(1, 0, 0));
      pipeline.compact();
      Manifest merged = pipeline.snapshot();
      assertThat(merged.segments()).singleElement().matches(GraphPipelineTest::isLinked);
      assertThat(pipeline.compact().merges()).isZero();
      assertThat(pipeline.snapshot()).isEqualTo(merged);
    }
  }

  private static boolean isLinked(SegmentEntry entry) {
    return entry.segment().graph();
  }

  private static Map<String, String> ef(int ef) {
    return Map.of("x-siltstone-ef-search", Integer.toString(ef));
  }

  private static Receipt write(Pipeline pipeline, List<Operation> operations) {
    return pipeline.write(operations);
  }

  private List<Operation> operations(int inserts, int updates, int deletes) {
    List<Operation> operations = new ArrayList<>();
    List<String> living = new ArrayList<>(model.keySet());
    for (int i = 0; i < deletes && !living.isEmpty(); i++) {
      String id = living.remove(random.nextInt(living.size()));
      model.remove(id);
      operations.add(new Operation.Delete(new RecordId(id)));
    }
    for (int i = 0; i < updates && !living.isEmpty(); i++) {
      operations.add(upsert(living.get(random.nextInt(living.size()))));
    }
    for (int i = 0; i < inserts; i++) {
      operations.add(upsert("id-" + ids++));
    }
    return operations;
  }

  private Operation upsert(String id) {
    int n = random.nextInt(1_000);
    float[] vector = clustered();
    model.put(id, new Row(vector, n));
    return new Operation.Upsert(
        new RecordId(id),
        Embedding.of(vector),
        null,
        null,
        new MetadataPatch(new TreeMap<>(Map.of("n", new IntValue(n))), new TreeSet<>()));
  }

  private void assertLiveSet(Pipeline pipeline) throws IOException {
    JsonNode all = json(pipeline, Route.GET_RECORDS, "{\"include\":[]}", Map.of());
    Set<String> shown = new HashSet<>();
    all.get("ids").forEach(id -> shown.add(id.asText()));
    assertThat(all.get("ids")).as("seed %d", SEED).hasSize(model.size());
    assertThat(shown).as("seed %d", SEED).isEqualTo(model.keySet());
  }

  /** Share of the exact K nearest that are found, over seeded queries. */
  private double recall(
      Pipeline pipeline, String where, IntPredicate admits, Map<String, String> headers)
      throws IOException {
    Space space = space(pipeline);
    Random queries = new Random(SEED + 1);
    int found = 0;
    int sought = 0;
    for (int i = 0; i < QUERIES; i++) {
      float[] query = perturbed(queries);
      List<String> exact = exact(space, query, admits);
      String body =
          "{\"query_embeddings\":[%s],\"n_results\":%d,\"include\":[]%s}"
              .formatted(Arrays.toString(query), K, where);
      JsonNode ids = json(pipeline, Route.QUERY, body, headers).get("ids").get(0);
      assertThat(ids.size()).isEqualTo(exact.size());
      for (JsonNode id : ids) {
        found += exact.contains(id.asText()) ? 1 : 0;
      }
      sought += exact.size();
    }
    return (double) found / sought;
  }

  private List<String> exact(Space space, float[] query, IntPredicate admits) {
    List<Near> rows = new ArrayList<>();
    model.forEach((id, row) -> {
      if (admits.test(row.n)) {
        rows.add(new Near(id, distance(space, query, row.vector)));
      }
    });
    rows.sort(Comparator.comparingDouble(Near::distance));
    return rows.stream().limit(K).map(Near::id).toList();
  }

  private static Space space(Pipeline pipeline) {
    return pipeline.snapshot().space();
  }

  private static JsonNode json(
      Pipeline pipeline, Route route, String body, Map<String, String> headers) throws IOException {
    byte[] answer = pipeline.call(route, body, headers).body();
    return JSON.readTree(new String(answer, StandardCharsets.UTF_8));
  }

  private float[] clustered() {
    return near(centres[random.nextInt(centres.length)], random);
  }

  private float[] perturbed(Random queries) {
    return near(centres[queries.nextInt(centres.length)], queries);
  }

  private static float[] near(float[] centre, Random random) {
    float[] vector = centre.clone();
    for (int axis = 0; axis < DIMENSION; axis++) {
      vector[axis] += (float) (0.5 * random.nextGaussian());
    }
    return vector;
  }

  private float[][] gaussians(int count) {
    float[][] vectors = new float[count][DIMENSION];
    for (float[] vector : vectors) {
      for (int axis = 0; axis < DIMENSION; axis++) {
        vector[axis] = (float) random.nextGaussian();
      }
    }
    return vectors;
  }

  private static double distance(Space space, float[] a, float[] b) {
    double dot = 0;
    double squares = 0;
    double norms = 0;
    double otherNorms = 0;
    for (int axis = 0; axis < DIMENSION; axis++) {
      dot += (double) a[axis] * b[axis];
      squares += Math.pow((double) a[axis] - b[axis], 2);
      norms += (double) a[axis] * a[axis];
      otherNorms += (double) b[axis] * b[axis];
    }
    return switch (space) {
      case L2 -> squares;
      case COSINE -> 1 - dot / Math.sqrt(norms * otherNorms);
      case IP -> 1 - dot;
    };
  }
}
