package dev.siltstone.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodeTest {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void embedsWritesFoldsAndFindsAgainAfterARestart() throws Exception {
    CollectionId id;
    try (LocalNode node = open(Compaction.ON_DEMAND)) {
      id = createCollection(node);
      post(node, id + "/add", "{\"ids\":[\"a\",\"b\"],\"documents\":[\"one\",\"three\"]}");
      assertThat(nearest(node, id, "seven")).isEqualTo("b");
      assertThat(node.compact(id).outcome()).isEqualTo(Outcome.DRAINED);
      assertThat(node.snapshot(id).orElseThrow().liveRecords()).isEqualTo(2);
      assertThat(nearest(node, id, "two")).isEqualTo("a");
    }
    try (LocalNode node = open(Compaction.ON_DEMAND)) {
      assertThat(nearest(node, id, "seven")).isEqualTo("b");
      assertThat(node.storedObjects())
          .anySatisfy(object -> assertThat(object.key().value()).endsWith("pointer.json"));
    }
  }

  @Test
  void showsTheWritesOfAnotherNodeOnTheFolder() throws Exception {
    try (LocalNode writer = open(Compaction.ON_DEMAND);
        LocalNode reader = open(Compaction.ON_DEMAND)) {
      CollectionId id = createCollection(writer);
      post(writer, id + "/add", "{\"ids\":[\"a\"],\"documents\":[\"one\"]}");
      assertThat(nearest(reader, id, "one")).isEqualTo("a");
      post(writer, id + "/delete", "{\"ids\":[\"a\"]}");
      assertThat(get(reader, id + "/count").intValue()).isZero();
    }
  }

  @Test
  void foldsInTheBackground() throws Exception {
    try (LocalNode node = open(Compaction.IN_BACKGROUND)) {
      CollectionId id = createCollection(node);
      post(node, id + "/add", "{\"ids\":[\"a\"],\"documents\":[\"one\"]}");
      long giveUp = System.nanoTime() + PATIENCE.toNanos();
      while (get(node, id + "/indexing_status").get("num_unindexed_ops").intValue() > 0) {
        assertThat(System.nanoTime()).as("gives up at").isLessThan(giveUp);
        Thread.onSpinWait();
      }
      assertThat(node.snapshot(id).orElseThrow().liveRecords()).isEqualTo(1);
    }
  }

  @Test
  void searchesSnapshotAndTailTogether() throws Exception {
    try (LocalNode node = open(Compaction.ON_DEMAND)) {
      CollectionId id = createCollection(node);
      post(node, id + "/add", "{\"ids\":[\"a\",\"b\"],\"documents\":[\"one\",\"three\"]}");
      node.compact(id);
      post(node, id + "/add", "{\"ids\":[\"c\"],\"documents\":[\"fourteen\"]}");
      String rank =
          "{\"$sum\":[{\"$knn\":{\"query\":[3,1],\"limit\":3}},"
              + "{\"$mul\":[{\"$knn\":{\"query\":[8,1],\"limit\":3}},{\"$val\":2}]}]}";
      JsonNode found =
          post(
              node,
              id + "/search",
              "{\"searches\":[{\"rank\":%s,\"limit\":{\"limit\":2},".formatted(rank)
                  + "\"select\":{\"keys\":[\"#document\",\"#score\"]}},{}]}");
      assertThat(found)
          .isEqualTo(
              JSON.readTree(
                  "{\"ids\":[[\"b\",\"c\"],[\"a\",\"b\",\"c\"]],"
                      + "\"documents\":[[\"three\",\"fourteen\"],null],"
                      + "\"embeddings\":[null,null],\"metadatas\":[null,null],"
                      + "\"scores\":[[22.0,25.0],null],"
                      + "\"select\":[[\"#document\",\"#score\"],[]]}"));
    }
  }

  private LocalNode open(Compaction compaction) {
    return LocalNode.open(
        new NodeSettings(folder, new LengthEmbedding(), compaction, Reset.REFUSED));
  }

  private static CollectionId createCollection(LocalNode node) throws Exception {
    return CollectionId.parse(post(node, "", "{\"name\":\"stones\"}").get("id").textValue());
  }

  private static String nearest(LocalNode node, CollectionId id, String text) throws Exception {
    String body = "{\"query_texts\":[\"%s\"],\"n_results\":1}".formatted(text);
    return post(node, id + "/query", body).get("ids").get(0).get(0).textValue();
  }

  private static JsonNode post(LocalNode node, String path, String body) throws Exception {
    return call(node, "POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode get(LocalNode node, String path) throws Exception {
    return call(node, "GET", path, new byte[0]);
  }

  private static JsonNode call(LocalNode node, String method, String path, byte[] body)
      throws Exception {
    String whole = path.isEmpty() ? COLLECTIONS : COLLECTIONS + "/" + path;
    ApiResponse response = node.answer(new ApiRequest(method, whole, Map.of(), Map.of(), body));
    assertThat(response.status())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isBetween(200, 201);
    return JSON.readTree(response.body());
  }
}
