package dev.siltstone.processes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.processes.HttpCollection.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Reads and writes records that all clients share, and remembers what it was answered. */
final class MixedClient implements Callable<List<MixedClient.Exchange>> {
  private static final int IDS = 120;
  private static final int GROUPS = 12;
  private static final int COORDINATES = 50;
  private static final int MOST_IDS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A request and its answer.
   *
   * @param sequence of the write; of a read the last one it saw
   * @param acknowledgedBefore the highest sequence that any client knew when this was sent
   */
  record Exchange(
      String operation, JsonNode request, JsonNode answer, long sequence, long acknowledgedBefore) {
    boolean isWrite() {
      return !operation.equals("get") && !operation.equals("query");
    }
  }

  private final HttpCollection collection;
  private final Random random;
  private final AtomicLong acknowledged;
  private final BooleanSupplier goesOn;
  private int writes;

  /**
   * A client.
   *
   * @param acknowledged the highest sequence that any client knows of
   */
  MixedClient(
      HttpCollection collection, long seed, AtomicLong acknowledged, BooleanSupplier goesOn) {
    this.collection = collection;
    this.random = new Random(seed);
    this.acknowledged = acknowledged;
    this.goesOn = goesOn;
  }

  @Override
  public List<Exchange> call() throws Exception {
    List<Exchange> exchanges = new ArrayList<>();
    while (goesOn.getAsBoolean()) {
      exchanges.add(next());
    }
    return exchanges;
  }

  private Exchange next() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 15) {
      return exchange("add", records());
    }
    if (dice < 30) {
      return exchange("upsert", records());
    }
    if (dice < 42) {
      return exchange("update", records());
    }
    if (dice < 48) {
      return exchange("delete", Map.of("ids", ids()));
    }
    if (dice < 51) {
      return exchange("delete", Map.of("where", group()));
    }
    if (dice < 75) {
      return exchange("get", Map.of("ids", ids(), "include", everything()));
    }
    if (dice < 85) {
      return exchange("get", Map.of("where", group(), "include", everything()));
    }
    return exchange(
        "query",
        Map.of(
            "query_embeddings",
            List.of(embedding()),
            "n_results",
            5,
            "include",
            List.of("distances")));
  }

  private Exchange exchange(String operation, Map<String, ?> request) throws Exception {
    long before = acknowledged.get();
    Answer answer = collection.answer(operation, request);
    acknowledged.accumulateAndGet(answer.sequence(), Math::max);
    return new Exchange(
        operation, JSON.valueToTree(request), answer.body(), answer.sequence(), before);
  }

  private Map<String, ?> records() {
    List<String> ids = ids();
    writes++;
    return Map.of(
        "ids", ids,
        "embeddings", ids.stream().map(_ -> embedding()).toList(),
        "documents", ids.stream().map(id -> id + " as of " + writes).toList(),
        "metadatas",
            ids.stream()
                .map(_ -> Map.of(random.nextBoolean() ? "group" : "other", random.nextInt(GROUPS)))
                .toList());
  }

  private List<String> ids() {
    TreeSet<String> ids = new TreeSet<>();
    for (int i = random.nextInt(MOST_IDS); i >= 0; i--) {
      ids.add("r" + random.nextInt(IDS));
    }
    return List.copyOf(ids);
  }

  private Map<String, Integer> group() {
    return Map.of("group", random.nextInt(GROUPS));
  }

  private List<Integer> embedding() {
    return List.of(
        random.nextInt(COORDINATES), random.nextInt(COORDINATES), random.nextInt(COORDINATES));
  }

  private static List<String> everything() {
    return List.of("embeddings", "documents", "metadatas");
  }
}
