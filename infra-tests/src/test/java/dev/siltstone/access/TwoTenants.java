package dev.siltstone.access;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.api.QueryString;
import dev.siltstone.api.Route;
import dev.siltstone.local.node.LocalNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two tenants of one node with the same database, collection and record ids, and other contents.
 */
final class TwoTenants {
  static final String DATABASE = "shared-name";
  static final String COLLECTION = "rivers";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalNode node;
  private final String admin;
  private final Map<String, String> ids = new HashMap<>();

  TwoTenants(LocalNode node, String admin) {
    this.node = node;
    this.admin = admin;
  }

  /** Makes a tenant whose only record, {@code a}, holds a document. */
  void make(String tenant, String document) {
    expect(200, send(admin, "POST", "/api/v2/tenants", "{\"name\":\"" + tenant + "\"}"));
    String databases = "/api/v2/tenants/" + tenant + "/databases";
    expect(200, send(admin, "POST", databases, "{\"name\":\"" + DATABASE + "\"}"));
    String collections = databases + "/" + DATABASE + "/collections";
    ApiResponse made = send(admin, "POST", collections, "{\"name\":\"" + COLLECTION + "\"}");
    String id = json(made).get("id").asText();
    ids.put(tenant, id);
    String record =
        "{\"ids\":[\"a\"],\"embeddings\":[[1,0]],\"documents\":[\"%s\"],\"metadatas\":[{\"k\":\"%s\"}]}"
            .formatted(document, document);
    expect(201, send(admin, "POST", collections + "/" + id + "/add", record));
  }

  String id(String tenant) {
    return requireNonNull(ids.get(tenant));
  }

  /** A route's path under a tenant, with this collection where it names one. */
  String path(Route route, String tenant, String collection) {
    return route
        .path()
        .replace("{tenant}", tenant)
        .replace("{database}", DATABASE)
        .replace("{collection}", collection)
        .replace("{crn}", tenant + ":" + DATABASE + ":" + COLLECTION)
        .replace("{function}", "f");
  }

  /** A body that a route accepts. */
  static String body(Route route) {
    return switch (route) {
      case CREATE_TENANT, CREATE_DATABASE, CREATE_COLLECTION -> "{\"name\":\"intruder\"}";
      case UPDATE_TENANT -> "{\"resource_name\":\"intruder\"}";
      case UPDATE_COLLECTION -> "{\"new_name\":\"intruder\"}";
      case ADD, UPSERT, UPDATE ->
          "{\"ids\":[\"a\"],\"embeddings\":[[5,5]],\"documents\":[\"overwritten\"]}";
      case DELETE_RECORDS -> "{\"ids\":[\"a\"]}";
      case QUERY -> "{\"query_embeddings\":[[1,0]]}";
      case SEARCH ->
          "{\"searches\":[{\"rank\":{\"$knn\":{\"query\":[1,0]}},\"select\":{\"keys\":[\"#document\"]}}]}";
      case FORK -> "{\"new_name\":\"intruder\"}";
      default -> "{}";
    };
  }

  ApiResponse send(@Nullable String token, String method, String path, String body) {
    Map<String, String> headers = token == null ? Map.of() : Map.of("x-chroma-token", token);
    int question = path.indexOf('?');
    ApiRequest request =
        new ApiRequest(
            method,
            question < 0 ? path : path.substring(0, question),
            QueryString.parse(question < 0 ? "" : path.substring(question + 1)),
            headers,
            method.equals("GET") ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    try {
      return node.answer(request);
    } catch (RuntimeException e) {
      return ErrorResponse.of(e);
    }
  }

  /** Everything a tenant holds, as its administrator sees it. */
  String contents(String tenant) {
    StringBuilder all = new StringBuilder();
    String base = "/api/v2/tenants/" + tenant;
    String database = base + "/databases/" + DATABASE;
    String collections = database + "/collections";
    for (String path : new String[] {base, base + "/databases", database, collections}) {
      all.append(text(send(admin, "GET", path, ""))).append('\n');
    }
    String get = collections + "/" + id(tenant) + "/get";
    String everything = "{\"include\":[\"documents\",\"metadatas\",\"embeddings\",\"uris\"]}";
    return all.append(text(send(admin, "POST", get, everything))).toString();
  }

  static String text(ApiResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static JsonNode json(ApiResponse response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void expect(int status, ApiResponse response) {
    if (response.status() != status) {
      throw new IllegalStateException(response.status() + ": " + text(response));
    }
  }
}
