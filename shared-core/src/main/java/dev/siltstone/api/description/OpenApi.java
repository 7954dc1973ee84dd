package dev.siltstone.api.description;

import dev.siltstone.api.Measured;
import dev.siltstone.api.Permission;
import dev.siltstone.api.Route;
import dev.siltstone.api.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The API as an OpenAPI 3.1 document: a tree of Map, List, String, Long, Double, Boolean and null.
 */
public final class OpenApi {
  /** The version of the API that clients ask for; every Chroma server answers this one. */
  public static final String API_VERSION = "1.0.0";

  private static final String INTRODUCTION =
      """
      Chroma's HTTP API, with additions whose headers begin with x-siltstone-. \
      An error is answered as {"error": name, "message": text}. \
      A path that no route has is answered with 404 and a method that its path has not with 405, \
      both without a body; paths below /api/v1 with 410. \
      Bodies are JSON in UTF-8, may be compressed (content-encoding: gzip), and unknown fields in \
      them are ignored. Answers are compressed for those who accept it. \
      A request with x-siltstone-measure: on is told what it cost, in the headers server-timing and \
      x-siltstone-cost. \
      Where the server asks for access tokens, send one in either of the two headers; what is said \
      here to need none holds no data.\
      """;

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private OpenApi() {}

  /** The document as UTF-8. */
  public static byte[] json() {
    return JsonTree.text(document()).getBytes(StandardCharsets.UTF_8);
  }

  /** The document. */
  public static Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put(
        "info",
        ordered(
            "title",
            "Siltstone",
            "version",
            API_VERSION,
            "description",
            INTRODUCTION,
            "license",
            ordered("name", "Apache-2.0", "identifier", "Apache-2.0")));
    document.put("paths", paths());
    document.put("components", components());
    return document;
  }

  private static Map<String, @Nullable Object> paths() {
    Map<String, @Nullable Object> paths = new LinkedHashMap<>();
    for (Route route : Route.values()) {
      Map<String, @Nullable Object> methods = new LinkedHashMap<>();
      if (paths.get(route.path()) instanceof Map<?, ?> known) {
        known.forEach((method, operation) -> methods.put((String) method, operation));
      }
      methods.put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
      paths.put(route.path(), methods);
    }
    return paths;
  }

  private static Map<String, @Nullable Object> operation(Route route) {
    RouteDescription said = RouteDescription.of(route);
    Map<String, @Nullable Object> operation = new LinkedHashMap<>();
    operation.put("operationId", route.name().toLowerCase(Locale.ROOT));
    operation.put("summary", said.summary());
    operation.put("tags", List.of(route.area().name().toLowerCase(Locale.ROOT)));
    operation.put("security", security(route.permission()));
    operation.put("x-siltstone-permission", route.permission().name().toLowerCase(Locale.ROOT));
    operation.put("parameters", parameters(route, said));
    if (said.request() != null) {
      operation.put(
          "requestBody",
          ordered("required", true, "content", content("application/json", said.request())));
    }
    operation.put("responses", responses(route, said));
    return operation;
  }

  /** No token, or either form of it. */
  private static List<?> security(Permission permission) {
    return permission == Permission.PUBLIC
        ? List.of()
        : List.of(Map.of("bearer", List.of()), Map.of("chromaToken", List.of()));
  }

  private static List<?> parameters(Route route, RouteDescription said) {
    List<Object> parameters = new ArrayList<>();
    for (String name : pathParameters(route)) {
      parameters.add(
          ordered(
              "name", name, "in", "path", "required", true, "schema", Map.of("type", "string")));
    }
    said.parameters().forEach(name -> parameters.add(reference("parameters", name)));
    parameters.add(reference("parameters", "measure"));
    return parameters;
  }

  private static List<String> pathParameters(Route route) {
    return PARAMETER.matcher(route.path()).results().map((MatchResult m) -> m.group(1)).toList();
  }

  private static Map<String, @Nullable Object> responses(Route route, RouteDescription said) {
    Map<String, @Nullable Object> responses = new LinkedHashMap<>();
    if (route.area() != Route.Area.UNSUPPORTED) {
      responses.put(Integer.toString(said.status()), success(said));
    }
    for (Refusal refusal : refusals(route, said)) {
      responses.put(
          Integer.toString(refusal.status()), refusal.describe(said.answer(refusal.status())));
    }
    return responses;
  }

  /** In the order of their statuses. */
  private static EnumSet<Refusal> refusals(Route route, RouteDescription said) {
    EnumSet<Refusal> refusals = EnumSet.copyOf(Refusal.OF_ALL);
    refusals.addAll(said.refusals());
    if (route.permission() != Permission.PUBLIC) {
      refusals.addAll(Refusal.OF_ACCESS);
    }
    if (!pathParameters(route).isEmpty()) {
      refusals.addAll(Refusal.OF_NAMES);
    }
    if (said.request() != null) {
      refusals.addAll(Refusal.OF_BODIES);
    }
    if (route.area() == Route.Area.UNSUPPORTED) {
      refusals.add(Refusal.UNSUPPORTED);
    }
    return refusals;
  }

  private static Map<String, @Nullable Object> success(RouteDescription said) {
    String type = said.answer().equals("Page") ? "text/html" : "application/json";
    return response(said.summary(), said.headers(), content(type, said.answer()));
  }

  /** Any answer says what it cost if it is asked. */
  static Map<String, @Nullable Object> response(
      String description, List<String> headers, Map<String, @Nullable Object> content) {
    Map<String, @Nullable Object> references = new LinkedHashMap<>();
    Stream.concat(headers.stream(), Stream.of(Measured.TIMING, Measured.COST))
        .forEach(name -> references.put(name, reference("headers", name)));
    return ordered("description", description, "headers", references, "content", content);
  }

  static Map<String, @Nullable Object> content(String type, String schema) {
    return ordered(type, ordered("schema", reference("schemas", schema)));
  }

  static Map<String, @Nullable Object> reference(String kind, String name) {
    return ordered("$ref", "#/components/" + kind + "/" + name);
  }

  private static @Nullable Object components() {
    try (InputStream in =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("components.json"))) {
      return JsonTree.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reading a resource", e);
    }
  }

  /** Names and values by turns. */
  static Map<String, @Nullable Object> ordered(Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
