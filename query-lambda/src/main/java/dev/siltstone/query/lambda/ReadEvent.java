package dev.siltstone.query.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.Route;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The payload of a direct invocation.
 *
 * <pre>
 * {"operation": "query" | "get" | "count" | "delete" | "indexing_status",
 *  "collection": name or id, "tenant"?: name, "database"?: name,
 *  "consistency"?: "strong" | "eventual", "max_age"?: seconds, "at_least"?: freshness token,
 *  … the fields of the HTTP API's body for that operation}
 * </pre>
 *
 * @param headers the consistency, as the HTTP API's headers say it
 */
record ReadEvent(
    Route route,
    TenantName tenant,
    DatabaseName database,
    String collection,
    Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper(Json.FACTORY);

  /**
   * Reads a payload.
   *
   * @throws InvalidRequestException if it is no JSON object, or misses a field
   */
  static ReadEvent parse(byte[] payload) {
    JsonNode event;
    try {
      event = JSON.readTree(payload);
    } catch (IOException e) {
      throw new InvalidRequestException("The payload is not JSON", e);
    }
    return new ReadEvent(
        route(text(event, "operation", "")),
        new TenantName(text(event, "tenant", TenantName.DEFAULT.value())),
        new DatabaseName(text(event, "database", DatabaseName.DEFAULT.value())),
        text(event, "collection", ""),
        headers(event));
  }

  private static Route route(String operation) {
    return switch (operation) {
      case "query" -> Route.QUERY;
      case "get" -> Route.GET_RECORDS;
      case "count" -> Route.COUNT;
      case "delete" -> Route.DELETE_RECORDS;
      case "indexing_status" -> Route.INDEXING_STATUS;
      default ->
          throw new InvalidRequestException(
              "operation is query, get, count, delete or indexing_status, got '" + operation + "'");
    };
  }

  private static Map<String, String> headers(JsonNode event) {
    Map<String, String> headers = new LinkedHashMap<>();
    copy(event, "consistency", headers, "x-siltstone-consistency");
    copy(event, "max_age", headers, "x-siltstone-max-age");
    copy(event, "at_least", headers, "x-siltstone-at-least");
    copy(event, "as_of", headers, "x-siltstone-as-of");
    return headers;
  }

  private static void copy(
      JsonNode event, String field, Map<String, String> headers, String header) {
    JsonNode value = event.path(field);
    if (value.isValueNode() && !value.isNull()) {
      headers.put(header, value.asText());
    }
  }

  private static String text(JsonNode event, String field, String otherwise) {
    JsonNode value = event.path(field);
    if (value.isTextual()) {
      return value.asText();
    }
    if (!value.isMissingNode() && !value.isNull()) {
      throw new InvalidRequestException(field + " is a string");
    }
    return otherwise;
  }
}
