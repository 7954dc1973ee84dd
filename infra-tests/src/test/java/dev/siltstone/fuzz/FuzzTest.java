package dev.siltstone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.fuzz.WayIn.Answer;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unknown and hostile requests get an answer that blames them, soon, and harm nobody. {@code
 * -Dsiltstone.fuzz=200000} makes the run long (half of it over each way in), {@code
 * -Dsiltstone.seed} repeats one.
 *
 * <p>The bound of two seconds is on the processor time of the thread that answers: a busy machine
 * does not fail the test, and a server that waits for nobody answers within it on an idle one. That
 * none hangs is seen by the client's patience.
 */
class FuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int REQUESTS = Integer.getInteger("siltstone.fuzz", 2_000) / 2;
  private static final long SEED = Long.getLong("siltstone.seed", new Random().nextLong());
  private static final int TEXTS = 40;

  /** 501 blames the request: what it asks for is not here. */
  private static final Set<Integer> BLAMING_OURSELVES = Set.of(500, 502, 503, 504);

  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MOST_HANDLES_MORE = 100;
  private static final long MOST_HEAP_MORE = 64L << 20;

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final Map<String, String> model = new TreeMap<>();

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void noRequestOnAPortHarmsTheServerOrAnotherCollection() throws Exception {
    try (LocalNode node = open();
        WayIn way = new PortWay(node, random)) {
      fuzz(node, way);
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void noEventOfAGatewayHarmsTheFunctionOrAnotherCollection() throws Exception {
    try (LocalNode node = open();
        WayIn way = new EventWay(node, random)) {
      fuzz(node, way);
    }
  }

  private LocalNode open() {
    return LocalNode.open(
        new NodeSettings(folder, new LetterCount(), Compaction.IN_BACKGROUND, Reset.REFUSED));
  }

  private void fuzz(LocalNode node, WayIn way) throws IOException {
    String name = way.getClass().getSimpleName();
    System.out.printf("fuzz: %d requests, %s, -Dsiltstone.seed=%d%n", REQUESTS, name, SEED);
    String kept = create(node, "kept");
    HostileRequests requests = new HostileRequests(random, create(node, "other"));
    Map<Integer, Integer> statuses = new TreeMap<>();
    Used early = Used.now();
    for (int i = 0; i < REQUESTS; i++) {
      if (i == REQUESTS / 5) {
        early = Used.now();
      }
      writeToTheModel(way, kept);
      ApiRequest request = requests.next();
      Answer answer = random.nextInt(3) == 0 ? way.sendSpoilt(request) : way.send(request);
      statuses.merge(answer.status(), 1, Integer::sum);
      assertThat(answer.status())
          .as("request %d, seed %d: %s %s", i, SEED, shown(request), answer)
          .isNotIn(BLAMING_OURSELVES);
      assertThat(way.mostProcessorNanos())
          .as("request %d, seed %d: %s", i, SEED, shown(request))
          .isLessThan(MOST_NANOS);
    }
    Used late = Used.now();
    System.out.printf(
        "fuzz: %s, statuses %s, most processor time %d ms, from %s to %s%n",
        name, statuses, TimeUnit.NANOSECONDS.toMillis(way.mostProcessorNanos()), early, late);
    assertThat(late.handles()).isLessThan(early.handles() + MOST_HANDLES_MORE);
    assertThat(late.heap()).isLessThan(early.heap() + MOST_HEAP_MORE);
    assertThat(contents(way, kept)).isEqualTo(model);
  }

  /** What the process holds. */
  private record Used(long handles, long heap) {
    static Used now() {
      System.gc();
      return new Used(
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : 0,
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    @Override
    public String toString() {
      return "%d handles and %d MB".formatted(handles, heap >> 20);
    }
  }

  /** A good write now and then; all others leave this collection alone. */
  private void writeToTheModel(WayIn way, String kept) throws IOException {
    if (random.nextInt(10) > 0) {
      return;
    }
    String id = "m" + random.nextInt(30);
    if (random.nextInt(4) == 0) {
      good(way, kept + "/delete", "{\"ids\":[\"" + id + "\"]}");
      model.remove(id);
    } else {
      String text = "text " + random.nextInt(TEXTS);
      String body = "{\"ids\":[\"%s\"],\"embeddings\":[[1,2]],\"documents\":[\"%s\"]}";
      good(way, kept + "/upsert", body.formatted(id, text));
      model.put(id, text);
    }
  }

  private static Map<String, String> contents(WayIn way, String collection) throws IOException {
    JsonNode got = good(way, collection + "/get", "{}");
    Map<String, String> contents = new TreeMap<>();
    for (int i = 0; i < got.get("ids").size(); i++) {
      contents.put(got.get("ids").get(i).asText(), got.get("documents").get(i).asText());
    }
    return contents;
  }

  private static JsonNode good(WayIn way, String path, String body) throws IOException {
    Answer answer = way.send(post("/" + path, body));
    assertThat(answer.status()).as("seed %d: %s", SEED, answer).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String create(LocalNode node, String name) {
    ApiResponse made = node.answer(post("", "{\"name\":\"" + name + "\"}"));
    try {
      return JSON.readTree(made.body()).get("id").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiRequest post(String below, String body) {
    return new ApiRequest(
        "POST", COLLECTIONS + below, Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8));
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
