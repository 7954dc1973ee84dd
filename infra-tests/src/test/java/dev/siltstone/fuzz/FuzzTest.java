package dev.siltstone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unknown and hostile requests get an answer that blames them, and harm nobody. {@code
 * -Dsiltstone.fuzz=200000} makes the run long, {@code -Dsiltstone.seed} repeats one.
 */
class FuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int REQUESTS = Integer.getInteger("siltstone.fuzz", 1_500);
  private static final long SEED = Long.getLong("siltstone.seed", new Random().nextLong());
  private static final int TEXTS = 40;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final Map<String, String> model = new TreeMap<>();

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void noRequestHarmsTheServerOrAnotherCollection() throws Exception {
    System.out.println("fuzz: " + REQUESTS + " requests, -Dsiltstone.seed=" + SEED);
    try (LocalNode node =
        LocalNode.open(
            new NodeSettings(folder, new LetterCount(), Compaction.IN_BACKGROUND, Reset.REFUSED))) {
      String kept = create(node, "kept");
      HostileRequests requests = new HostileRequests(random, create(node, "other"));
      long longest = 0;
      long handles = 0;
      for (int i = 0; i < REQUESTS; i++) {
        if (i == REQUESTS / 10) {
          handles = openHandles();
        }
        writeToTheModel(node, kept);
        ApiRequest request = requests.next();
        long start = System.nanoTime();
        ApiResponse response = answer(node, request);
        longest = Math.max(longest, System.nanoTime() - start);
        assertThat(response.status())
            .as("request %d, seed %d: %s %s", i, SEED, shown(request), shown(response))
            .isLessThan(502)
            .isNotEqualTo(500);
      }
      System.out.printf(
          "fuzz: longest answer %d ms, %d file handles then %d%n",
          TimeUnit.NANOSECONDS.toMillis(longest), handles, openHandles());
      assertThat(openHandles()).isLessThan(handles + 200);
      assertThat(contents(node, kept)).isEqualTo(model);
    }
  }

  /** A good write now and then; all others leave this collection alone. */
  private void writeToTheModel(LocalNode node, String kept) {
    if (random.nextInt(10) > 0) {
      return;
    }
    String id = "m" + random.nextInt(30);
    if (random.nextInt(4) == 0) {
      send(node, kept + "/delete", "{\"ids\":[\"" + id + "\"]}", 200);
      model.remove(id);
    } else {
      String text = "text " + random.nextInt(TEXTS);
      String body = "{\"ids\":[\"%s\"],\"embeddings\":[[1,2]],\"documents\":[\"%s\"]}";
      send(node, kept + "/upsert", body.formatted(id, text), 200);
      model.put(id, text);
    }
  }

  private static Map<String, String> contents(LocalNode node, String collection) {
    JsonNode got = send(node, collection + "/get", "{}", 200);
    Map<String, String> contents = new TreeMap<>();
    for (int i = 0; i < got.get("ids").size(); i++) {
      contents.put(got.get("ids").get(i).asText(), got.get("documents").get(i).asText());
    }
    return contents;
  }

  private static String create(LocalNode node, String name) {
    return send(node, "", "{\"name\":\"" + name + "\"}", 200).get("id").asText();
  }

  private static JsonNode send(LocalNode node, String path, String body, int status) {
    String below = path.isEmpty() ? "" : "/" + path;
    ApiResponse response =
        answer(
            node,
            new ApiRequest(
                "POST",
                COLLECTIONS + below,
                Map.of(),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8)));
    assertThat(response.status()).as(shown(response)).isEqualTo(status);
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiResponse answer(LocalNode node, ApiRequest request) {
    try {
      return node.answer(request);
    } catch (RuntimeException e) {
      if (ErrorResponse.hides(e)) {
        throw new AssertionError("seed " + SEED + ": " + shown(request), e);
      }
      return ErrorResponse.of(e);
    }
  }

  private static String shown(ApiRequest request) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return "%s %s %s %s %s"
        .formatted(
            request.method(),
            request.path(),
            request.query(),
            request.headers(),
            body.substring(0, Math.min(body.length(), 600)));
  }

  private static String shown(ApiResponse response) {
    return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
  }

  private static long openHandles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** A vector for a text that came without one. */
  private static final class LetterCount implements EmbeddingFunction {
    @Override
    public String name() {
      return "letters";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
      return texts.stream().map(text -> Embedding.owning(new float[] {text.length(), 1})).toList();
    }
  }
}
