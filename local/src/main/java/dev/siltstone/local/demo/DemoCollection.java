package dev.siltstone.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.identity.CollectionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The demo's collection, used as any client would: requests of the HTTP API, answered without the
 * network in between.
 */
final class DemoCollection {
  static final String NAME = "demo";
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Function<ApiRequest, ApiResponse> api;
  private final CollectionId id;

  private DemoCollection(Function<ApiRequest, ApiResponse> api, CollectionId id) {
    this.api = api;
    this.id = id;
  }

  /**
   * A passage that was found.
   *
   * @param score the cosine of the angle between it and the question; 1 is the same direction
   * @param place file and line, such as {@code README.md:42}
   */
  record Found(double score, String place, String title, String text) {}

  /** The collection of the demo's name, created if there is none. */
  static DemoCollection open(Function<ApiRequest, ApiResponse> api) {
    JsonNode created =
        post(
            api,
            COLLECTIONS,
            Map.of(
                "name",
                NAME,
                "get_or_create",
                true,
                "configuration",
                Map.of("hnsw", Map.of("space", "cosine"))));
    return new DemoCollection(api, CollectionId.parse(created.get("id").textValue()));
  }

  CollectionId id() {
    return id;
  }

  /** Writes passages without vectors: the producer makes them. */
  void upsert(List<Passage> passages) {
    post(
        api,
        records("upsert"),
        Map.of(
            "ids", passages.stream().map(Passage::id).toList(),
            "documents", passages.stream().map(Passage::titledText).toList(),
            "metadatas",
                passages.stream()
                    .map(p -> Map.of("file", p.file(), "line", p.line(), "title", p.title()))
                    .toList()));
  }

  /** The passages nearest to a question, best first. */
  List<Found> ask(String question, int count) {
    JsonNode answer =
        post(api, records("query"), Map.of("query_texts", List.of(question), "n_results", count));
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < answer.get("ids").get(0).size(); i++) {
      JsonNode metadata = answer.get("metadatas").get(0).get(i);
      String document = answer.get("documents").get(0).get(i).textValue();
      found.add(
          new Found(
              1 - answer.get("distances").get(0).get(i).doubleValue(),
              metadata.get("file").textValue() + ":" + metadata.get("line").intValue(),
              metadata.get("title").textValue(),
              document.substring(document.indexOf('\n') + 1)));
    }
    return found;
  }

  private String records(String operation) {
    return COLLECTIONS + "/" + id + "/" + operation;
  }

  private static JsonNode post(
      Function<ApiRequest, ApiResponse> api, String path, Map<String, Object> body) {
    ApiResponse response = api.apply(new ApiRequest("POST", path, Map.of(), Map.of(), bytes(body)));
    if (response.status() >= 300) {
      throw new IllegalStateException(
          path
              + ": "
              + response.status()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException("answer of " + path, e);
    }
  }

  private static byte[] bytes(Map<String, Object> body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("request body", e);
    }
  }
}
