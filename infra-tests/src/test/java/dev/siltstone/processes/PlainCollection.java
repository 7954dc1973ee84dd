package dev.siltstone.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a collection holds after some writes, and what it must answer: plain maps and loops. */
final class PlainCollection {
  private static final int DIMENSION = 3;

  private record Stored(List<Integer> embedding, String document, Map<String, Integer> metadata) {}

  /** In order of insertion. */
  private final Map<String, Stored> records = new LinkedHashMap<>();

  /**
   * Applies a write.
   *
   * @param request as it was sent
   */
  void apply(String operation, JsonNode request, JsonNode answer) {
    if (operation.equals("delete")) {
      delete(request, answer);
      return;
    }
    for (int i = 0; i < request.get("ids").size(); i++) {
      String id = request.get("ids").get(i).textValue();
      Stored old = records.get(id);
      boolean writes =
          switch (operation) {
            case "add" -> old == null;
            case "update" -> old != null;
            default -> true;
          };
      if (writes) {
        records.put(id, merged(old, request, i));
      }
    }
  }

  private static Stored merged(@Nullable Stored old, JsonNode request, int i) {
    Map<String, Integer> metadata = new HashMap<>(old == null ? Map.of() : old.metadata);
    metadata.putAll(numbers(request.get("metadatas").get(i)));
    return new Stored(
        ints(request.get("embeddings").get(i)),
        request.get("documents").get(i).textValue(),
        metadata);
  }

  private void delete(JsonNode request, JsonNode answer) {
    List<String> ids =
        request.has("ids") ? texts(request.get("ids")) : matching(request.get("where"));
    assertThat(answer.get("deleted").intValue()).as("deleted").isEqualTo(ids.size());
    ids.forEach(records::remove);
  }

  /** Checks what a read answered. */
  void check(String operation, JsonNode request, JsonNode answer) {
    switch (operation) {
      case "get" -> checkGet(request, answer);
      case "query" -> checkQuery(request, answer);
      default -> throw new IllegalArgumentException(operation);
    }
  }

  private void checkGet(JsonNode request, JsonNode answer) {
    List<String> expected =
        request.has("ids")
            ? records.keySet().stream().filter(texts(request.get("ids"))::contains).toList()
            : matching(request.get("where"));
    assertThat(texts(answer.get("ids"))).isEqualTo(expected);
    for (int i = 0; i < expected.size(); i++) {
      Stored stored = stored(expected.get(i));
      assertThat(ints(answer.get("embeddings").get(i))).isEqualTo(stored.embedding);
      assertThat(answer.get("documents").get(i).textValue()).isEqualTo(stored.document);
      assertThat(numbers(answer.get("metadatas").get(i))).isEqualTo(stored.metadata);
    }
  }

  /** Coordinates are small whole numbers, so distances are exact; which of equals is open. */
  private void checkQuery(JsonNode request, JsonNode answer) {
    List<Integer> query = ints(request.get("query_embeddings").get(0));
    List<Integer> expected =
        records.values().stream()
            .map(stored -> distance(query, stored.embedding))
            .sorted()
            .limit(request.get("n_results").intValue())
            .toList();
    assertThat(ints(answer.get("distances").get(0))).isEqualTo(expected);
    List<String> ids = texts(answer.get("ids").get(0));
    assertThat(ids).doesNotHaveDuplicates();
    for (int i = 0; i < ids.size(); i++) {
      assertThat(distance(query, stored(ids.get(i)).embedding)).isEqualTo(expected.get(i));
    }
  }

  private List<String> matching(JsonNode where) {
    int group = where.get("group").intValue();
    return records.entrySet().stream()
        .filter(entry -> entry.getValue().metadata.getOrDefault("group", -1) == group)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int distance(List<Integer> left, List<Integer> right) {
    int sum = 0;
    for (int i = 0; i < DIMENSION; i++) {
      int difference = left.get(i) - right.get(i);
      sum += difference * difference;
    }
    return sum;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static List<Integer> ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::intValue).toList();
  }

  private Stored stored(String id) {
    return Objects.requireNonNull(records.get(id), id);
  }

  private static Map<String, Integer> numbers(JsonNode object) {
    Map<String, Integer> numbers = new HashMap<>();
    object.properties().forEach(field -> numbers.put(field.getKey(), field.getValue().intValue()));
    return numbers;
  }
}
