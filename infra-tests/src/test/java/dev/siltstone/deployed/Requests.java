package dev.siltstone.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** HTTP requests as the API's events, payload format 2.0. */
final class Requests {
  static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Requests() {}

  /** The event of a request that the gateway takes now. */
  static Map<String, Object> event(String method, String path, String body) {
    return event(method, path, body, Map.of());
  }

  /** The same with headers more. */
  static Map<String, Object> event(
      String method, String path, String body, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("content-type", "application/json");
    return Map.of(
        "version",
        "2.0",
        "rawPath",
        path,
        "rawQueryString",
        "",
        "headers",
        headers,
        "requestContext",
        Map.of(
            "stage",
            "$default",
            "timeEpoch",
            System.currentTimeMillis(),
            "http",
            Map.of("method", method, "path", path)),
        "body",
        body,
        "isBase64Encoded",
        false);
  }

  /** The body of an answer that succeeded. */
  static JsonNode body(JsonNode answer) {
    int status = answer.get("statusCode").asInt();
    if (status >= 300) {
      throw new AssertionError(answer.toString());
    }
    try {
      return JSON.readTree(answer.get("body").asText());
    } catch (IOException e) {
      throw new AssertionError(answer.toString(), e);
    }
  }
}
