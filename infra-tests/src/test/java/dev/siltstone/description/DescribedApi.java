package dev.siltstone.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.siltstone.api.Route;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI document of a running server, as a judge of its answers: each must have a status that
 * is described, only fields and headers that are described, and values as described.
 */
public final class DescribedApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final Router router = new Router();
  private final JsonNode document;
  private final ObjectNode closed;
  private final Set<Route> succeeded = EnumSet.noneOf(Route.class);

  private DescribedApi(JsonNode document) {
    this.document = document;
    this.closed = document.get("components").get("schemas").deepCopy();
    closed.forEach(DescribedApi::close);
  }

  /** Asks a server for its description. */
  public static DescribedApi of(HttpClient client, URI server)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/openapi.json")).build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new DescribedApi(JSON.readTree(asJsonSchema(answer.body())));
  }

  /** JSON Schema knows definitions where OpenAPI has components. */
  private static String asJsonSchema(String document) {
    return document.replace("#/components/schemas/", "#/$defs/");
  }

  /** In answers, what is not described may not be there. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(DescribedApi::close);
  }

  /**
   * Fails if an exchange is not as described.
   *
   * @param path as sent, without query string
   */
  public void check(String method, String path, String sent, HttpResponse<String> answer)
      throws IOException {
    if (!(router.route(method, path) instanceof Routing.Matched(var match))) {
      return;
    }
    Route route = match.route();
    int status = answer.statusCode();
    String exchange = "%s %s %s: %d %s".formatted(method, path, sent, status, answer.body());
    JsonNode operation = operation(route);
    JsonNode response = operation.get("responses").get(Integer.toString(status));
    assertThat(response).as(exchange).isNotNull();
    checkBody(response.get("content"), answer, exchange);
    checkHeaders(response.path("headers"), answer, exchange);
    if (status < 300) {
      succeeded.add(route);
      if (operation.has("requestBody") && !sent.isEmpty()) {
        JsonNode content = operation.get("requestBody").get("content").get("application/json");
        JsonNode open = document.get("components").get("schemas");
        assertFits(content.get("schema"), open, JSON.readTree(sent), exchange);
      }
    }
  }

  /** Routes that have answered with success. */
  public Set<Route> succeeded() {
    return succeeded;
  }

  private void checkBody(JsonNode content, HttpResponse<String> answer, String exchange)
      throws IOException {
    String type = answer.headers().firstValue("content-type").orElse("").split(";", 2)[0];
    assertThat(content.has(type)).as("%s is %s", exchange, type).isTrue();
    if (type.equals("application/json")) {
      assertFits(content.get(type).get("schema"), closed, JSON.readTree(answer.body()), exchange);
    }
  }

  private void checkHeaders(JsonNode described, HttpResponse<String> answer, String exchange) {
    for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
      if (described.has(header.getKey())) {
        JsonNode schema = resolved(described.get(header.getKey())).get("schema");
        JsonNode value = JSON.getNodeFactory().textNode(header.getValue().getFirst());
        assertFits(schema, closed, value, exchange);
      } else {
        assertThat(header.getKey()).as(exchange).doesNotStartWith("x-siltstone");
      }
    }
  }

  private JsonNode operation(Route route) {
    return document
        .get("paths")
        .get(route.path())
        .get(route.method().name().toLowerCase(Locale.ROOT));
  }

  private JsonNode resolved(JsonNode reference) {
    return document.at(reference.get("$ref").textValue().substring(1));
  }

  private static void assertFits(
      JsonNode schema, JsonNode definitions, JsonNode value, String exchange) {
    ObjectNode root = schema.deepCopy();
    root.set("$defs", definitions);
    Set<ValidationMessage> wrong = SCHEMAS.getSchema(root).validate(value);
    assertThat(wrong).as(exchange).isEmpty();
  }
}
