package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.local.embedding.AllMiniLmEmbeddingFunction;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.query.admin.AdminSettings;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real text from end to end: eight producers while compaction runs, then every query. */
class CranfieldTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int PRODUCERS = 8;
  private static final int BATCH = 25;
  private static final int K = 10;

  @TempDir Path folder;

  @Test
  void everyAbstractIsThereOnceAndQueriesEqualBruteForce() throws Exception {
    CranfieldData data = CranfieldData.readOrSkip();
    int cores = Runtime.getRuntime().availableProcessors();
    try (AllMiniLmEmbeddingFunction embedding = new AllMiniLmEmbeddingFunction(cores);
        LocalNode node =
            LocalNode.open(
                new NodeSettings(
                    folder,
                    embedding,
                    NodeSettings.Compaction.IN_BACKGROUND,
                    AdminSettings.Reset.REFUSED))) {
      String records = COLLECTIONS + "/" + createCollection(node);
      long start = System.nanoTime();
      ingest(node, records, data.abstracts());
      double seconds = (System.nanoTime() - start) / 1e9;

      List<float[]> stored = storedVectors(node, records, data.abstracts().size());
      double ndcg = searchAll(node, records, data, stored, embedding);

      System.out.printf(
          "Cranfield: %d abstracts by %d producers in %.1f s (%.0f/s with embedding); %d queries equal brute force; nDCG@10 %.4f%n",
          data.abstracts().size(),
          PRODUCERS,
          seconds,
          data.abstracts().size() / seconds,
          data.queries().size(),
          ndcg);
      assertThat(ndcg).isGreaterThan(0.3);
    }
  }

  private static void ingest(LocalNode node, String records, List<String> abstracts)
      throws Exception {
    try (ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS)) {
      List<Future<ApiResponse>> writes = new ArrayList<>();
      for (int from = 0; from < abstracts.size(); from += BATCH) {
        String body = addBody(abstracts, from, Math.min(abstracts.size(), from + BATCH));
        writes.add(producers.submit(() -> call(node, "POST", records + "/add", body)));
      }
      for (Future<ApiResponse> write : writes) {
        assertThat(write.get().status()).isEqualTo(201);
      }
    }
  }

  /** Every record exactly once, its document unchanged; answers the vectors by abstract. */
  private static List<float[]> storedVectors(LocalNode node, String records, int count)
      throws IOException {
    JsonNode all = json(call(node, "POST", records + "/get", "{\"include\":[\"embeddings\"]}"));
    assertThat(all.get("ids")).hasSize(count);
    List<float[]> vectors =
        new ArrayList<>(IntStream.range(0, count).mapToObj(_ -> new float[0]).toList());
    for (int i = 0; i < count; i++) {
      int number = Integer.parseInt(all.get("ids").get(i).asText());
      assertThat(vectors.get(number - 1)).as("abstract %d twice", number).isEmpty();
      vectors.set(number - 1, floats(all.get("embeddings").get(i)));
    }
    return vectors;
  }

  private static double searchAll(
      LocalNode node,
      String records,
      CranfieldData data,
      List<float[]> stored,
      AllMiniLmEmbeddingFunction embedding)
      throws IOException {
    double sum = 0;
    for (int query = 0; query < data.queries().size(); query++) {
      String text = data.queries().get(query);
      JsonNode answer =
          json(
              call(
                  node,
                  "POST",
                  records + "/query",
                  JSON.writeValueAsString(
                      Map.of(
                          "query_texts", List.of(text),
                          "n_results", K,
                          "include", List.of("distances")))));
      List<Integer> found = new ArrayList<>();
      answer.get("ids").get(0).forEach(id -> found.add(Integer.parseInt(id.asText())));
      assertSameDistances(
          answer.get("distances").get(0),
          nearest(embedding.embed(List.of(text)).getFirst(), stored),
          query);
      sum += data.ndcgAt10(query, found);
    }
    return sum / data.queries().size();
  }

  /** Distances, not ids: abstracts with equal text may stand in either order. */
  private static void assertSameDistances(JsonNode found, List<Double> expected, int query) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).asDouble())
          .as("query %d, place %d", query + 1, i + 1)
          .isCloseTo(expected.get(i), org.assertj.core.data.Offset.offset(2e-6));
    }
  }

  private static List<Double> nearest(Embedding query, List<float[]> stored) {
    float[] q = query.toArray();
    return stored.stream()
        .map(vector -> cosineDistance(q, vector))
        .sorted(Comparator.naturalOrder())
        .limit(K)
        .toList();
  }

  private static double cosineDistance(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return 1 - dot / Math.sqrt(aa * bb);
  }

  private static String createCollection(LocalNode node) throws IOException {
    return json(call(
            node,
            "POST",
            COLLECTIONS,
            "{\"name\":\"cranfield\",\"configuration\":{\"hnsw\":{\"space\":\"cosine\"}}}"))
        .get("id")
        .asText();
  }

  private static String addBody(List<String> abstracts, int from, int to) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "ids",
            IntStream.range(from, to).mapToObj(i -> Integer.toString(i + 1)).toList(),
            "documents",
            abstracts.subList(from, to)));
  }

  private static ApiResponse call(LocalNode node, String method, String path, String body) {
    return node.answer(
        new ApiRequest(method, path, Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode json(ApiResponse response) throws IOException {
    assertThat(response.status())
        .as(() -> new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }
}
