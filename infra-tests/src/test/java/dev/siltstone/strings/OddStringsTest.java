package dev.siltstone.strings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.ErrorResponse;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.LocalTokens;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Access;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import dev.siltstone.record.Embedding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every odd text in every place: it is stored and comes back exactly, in writes, after compaction
 * and in conditions, or it is refused as the client's mistake. Nothing else.
 */
class OddStringsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATABASES = "/api/v2/tenants/default_tenant/databases";
  private static final String COLLECTIONS = DATABASES + "/default_database/collections";

  @TempDir private Path folder;
  private LocalNode node;
  private String token;
  private String records;

  /**
   * An odd text.
   *
   * @param name shown in failures
   * @param json what stands between the quotation marks, as bytes of a body
   * @param value what that means, or null if it means nothing
   */
  record Odd(String name, byte[] json, @Nullable String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Odd> texts() {
    return Stream.of(
        meaningless("lone leading surrogate", "a\\ud800"),
        meaningless("lone trailing surrogate", "\\udc00b"),
        meaningless("surrogates in the wrong order", "\\ude00\\ud83d"),
        meaningless("surrogate before a letter", "\\ud83dx"),
        bytes("overlong slash", "c0af"),
        bytes("overlong NUL", "c080"),
        bytes("surrogate as UTF-8", "eda080"),
        bytes("half a character", "e282"),
        bytes("byte that is never UTF-8", "61ff"),
        bytes("beyond the last code point", "f4908080"),
        meaningless("control character", "a\u0001b"),
        meaningless("unknown escape", "\\x41"),
        meaningless("half an escape", "\\u00"),
        meaning("NUL", "a\\u0000b", "a\0b"),
        meaning("only NUL", "\\u0000", "\0"),
        meaning("byte order mark", "\ufeffa", "\ufeffa"),
        meaning("emoji", "😀👩‍👩‍👧", "😀👩‍👩‍👧"),
        meaning("emoji as escapes", "\\ud83d\\ude00", "😀"),
        meaning("noncharacter", "\\uffff\\ufffe", "\uffff\ufffe"),
        meaning("replacement character", "\ufffd", "\ufffd"),
        meaning("combining marks", "e\u0301\u200d", "e\u0301\u200d"),
        meaning("right to left", "\u202eabc\u2066", "\u202eabc\u2066"),
        meaning("line breaks", "a\\r\\n\u2028b", "a\r\n\u2028b"),
        meaning("quotes", "\\\"'`; DROP TABLE head; --\\\\", "\"'`; DROP TABLE head; --\\"),
        meaning("dots and slashes", "../..//%2e%00", "../..//%2e%00"),
        meaning("blank", " ", " "),
        meaning("empty", "", ""),
        meaning("like a key of ours", "CAT#TOKENS", "CAT#TOKENS"),
        meaning("dollar", "$and", "$and"),
        meaning("long", "x".repeat(4_096), "x".repeat(4_096)),
        meaning("longer", "é".repeat(70_000), "é".repeat(70_000)));
  }

  private static Odd meaning(String name, String json, String value) {
    return new Odd(name, json.getBytes(StandardCharsets.UTF_8), value);
  }

  private static Odd meaningless(String name, String json) {
    return new Odd(name, json.getBytes(StandardCharsets.UTF_8), null);
  }

  private static Odd bytes(String name, String hex) {
    return new Odd(name, HexFormat.of().parseHex(hex), null);
  }

  @BeforeEach
  void open() throws Exception {
    TokenSecret secret = TokenSecret.fresh(new Random(1));
    try (LocalTokens store = LocalTokens.in(folder)) {
      store.add(
          new AccessToken(secret.id(), "odd", Role.ADMIN, Scope.ALL, secret.hash(), Instant.EPOCH));
    }
    token = secret.reveal();
    node =
        LocalNode.open(
            new NodeSettings(
                folder, new NoEmbedding(), Compaction.ON_DEMAND, Reset.ALLOWED, Access.BY_TOKEN));
    records = COLLECTIONS + "/" + json(post(COLLECTIONS, "{\"name\":\"odd\"}")).get("id").asText();
    require(post(records + "/add", "{\"ids\":[\"plain\"],\"embeddings\":[[1,2]]}"), 201);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isStoredExactlyOrRefusedAsAFieldOfARecord(Odd odd) throws Exception {
    for (String field : List.of("ids", "documents", "uris", "value", "list", "key")) {
      ApiResponse answer = post(records + "/upsert", record(field, odd));
      if (requireStoredOrRefused(odd, answer, field)) {
        assertThat(read(field)).as(field).isEqualTo(odd.value());
        assertThat(conditionFinds(field, odd)).as("condition on " + field).isTrue();
        node.compact(CollectionId.parse(records.substring(COLLECTIONS.length() + 1)));
        assertThat(read(field)).as(field + " after compaction").isEqualTo(odd.value());
        assertThat(conditionFinds(field, odd)).as("condition on folded " + field).isTrue();
        require(post(records + "/delete", "{\"where\":{\"odd\":true}}"), 200);
      }
      assertThat(json(post(records + "/get", "{}")).get("ids")).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isUnderstoodOrRefusedInConditions(Odd odd) throws Exception {
    for (String condition :
        List.of(
            "{\"ids\":[\"?\"]}",
            "{\"where\":{\"k\":\"?\"}}",
            "{\"where\":{\"?\":\"k\"}}",
            "{\"where\":{\"k\":{\"?\":1}}}",
            "{\"where\":{\"k\":{\"$in\":[\"?\"]}}}",
            "{\"where\":{\"k\":{\"$contains\":\"?\"}}}",
            "{\"where\":{\"#document\":{\"$regex\":\"?\"}}}",
            "{\"where_document\":{\"$contains\":\"?\"}}",
            "{\"where_document\":{\"$not_contains\":\"?\"}}",
            "{\"where_document\":{\"$regex\":\"?\"}}",
            "{\"where_document\":{\"?\":\"x\"}}")) {
      requireAnswered(odd, post(records + "/get", filled(condition, odd)), condition);
      requireAnswered(odd, post(records + "/delete", filled(condition, odd)), condition);
    }
    String include = "{\"include\":[\"?\"]}";
    requireAnswered(odd, post(records + "/get", filled(include, odd)), include);
    for (String search :
        List.of(
            "{\"searches\":[{\"filter\":{\"query_ids\":[\"?\"]}}]}",
            "{\"searches\":[{\"select\":{\"keys\":[\"?\"]}}]}",
            "{\"searches\":[{\"rank\":{\"?\":1}}]}",
            "{\"searches\":[{\"rank\":{\"$knn\":{\"query\":[1,2],\"key\":\"?\"}}}]}")) {
      requireAnswered(odd, post(records + "/search", filled(search, odd)), search);
    }
    assertThat(json(post(records + "/get", "{}")).get("ids")).hasSizeBetween(0, 1);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isKeptExactlyOrRefusedAsANameOrMetadataOfCollections(Odd odd) throws Exception {
    for (String body :
        List.of(
            "{\"name\":\"?\"}",
            "{\"name\":\"made\",\"metadata\":{\"k\":\"?\"}}",
            "{\"name\":\"made\",\"metadata\":{\"?\":1}}",
            "{\"name\":\"made\",\"configuration\":{\"embedding_function\":"
                + "{\"type\":\"known\",\"name\":\"?\",\"config\":{\"?\":\"?\"}}}}")) {
      ApiResponse answer = post(COLLECTIONS, filled(body, odd));
      if (requireStoredOrRefused(odd, answer, body)) {
        String name = json(answer).get("name").asText();
        JsonNode kept = json(send("GET", COLLECTIONS + "/" + encoded(name), new byte[0]));
        assertThat(kept).isEqualTo(json(answer));
        String stored = JSON.writeValueAsString(odd.value());
        assertThat(JSON.writeValueAsString(kept)).contains(stored);
        require(send("DELETE", COLLECTIONS + "/" + encoded(name), new byte[0]), 200);
      }
    }
    requireStoredOrRefused(odd, post("/api/v2/tenants", filled("{\"name\":\"?\"}", odd)), "tenant");
    requireStoredOrRefused(odd, post(DATABASES, filled("{\"name\":\"?\"}", odd)), "database");
    ApiResponse renamed = send("PUT", records, filled("{\"new_name\":\"?\"}", odd));
    requireStoredOrRefused(odd, renamed, "rename");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void findsNothingOrIsRefusedInPathsQueriesAndHeaders(Odd odd) {
    String segment = percent(odd.json());
    for (String path :
        List.of(
            "/api/v2/tenants/" + segment,
            DATABASES + "/" + segment,
            COLLECTIONS + "/" + segment,
            COLLECTIONS + "/" + segment + "/count",
            COLLECTIONS + "/by-id/" + segment,
            records + "/functions/" + segment,
            "/api/v2/collections/" + segment)) {
      assertThat(send("GET", path, new byte[0]).status()).as(path).isIn(200, 400, 404, 405);
    }
    String text = new String(odd.json(), StandardCharsets.UTF_8);
    for (String header :
        List.of(
            "x-siltstone-consistency",
            "x-siltstone-at-least",
            "x-siltstone-max-age",
            "x-siltstone-as-of",
            "x-siltstone-ef-search",
            "x-siltstone-measure")) {
      Map<String, String> headers = Map.of("x-chroma-token", token, header, text);
      assertThat(
              answer("POST", records + "/get", headers, "{}".getBytes(StandardCharsets.UTF_8))
                  .status())
          .as(header)
          .isIn(200, 400, 404);
    }
    for (String header : List.of("x-chroma-token", "authorization")) {
      for (String value : List.of(text, "Bearer " + text, token + text)) {
        int status = answer("GET", records + "/count", Map.of(header, value), new byte[0]).status();
        assertThat(status).as(header).isIn(text.isBlank() ? List.of(200, 401) : List.of(401));
      }
    }
  }

  /** A record, marked as odd, with the text in one of its fields. */
  private static byte[] record(String field, Odd odd) throws IOException {
    String body =
        "{\"ids\":[\"%s\"],\"embeddings\":[[1,2]],\"documents\":[\"%s\"],\"uris\":[\"%s\"],"
            + "\"metadatas\":[{\"odd\":true,\"v\":\"%s\",\"l\":[\"%s\"],\"%s\":1}]}";
    return filled(
        body.formatted(
            List.of("ids", "documents", "uris", "value", "list", "key").stream()
                .map(each -> each.equals(field) ? "?" : "some-" + each)
                .toArray()),
        odd);
  }

  private String read(String field) throws IOException {
    JsonNode got =
        json(
            post(
                records + "/get",
                "{\"where\":{\"odd\":true},\"include\":[\"documents\",\"uris\",\"metadatas\"]}"));
    assertThat(got.get("ids")).hasSize(1);
    JsonNode metadata = got.get("metadatas").get(0);
    return switch (field) {
      case "value" -> metadata.get("v").asText();
      case "list" -> metadata.get("l").get(0).asText();
      case "key" -> {
        List<String> keys =
            new ArrayList<>(metadata.propertyStream().map(Map.Entry::getKey).toList());
        keys.removeAll(List.of("odd", "v", "l"));
        yield keys.getFirst();
      }
      default -> got.get(field).get(0).asText();
    };
  }

  private boolean conditionFinds(String field, Odd odd) throws IOException {
    String condition =
        switch (field) {
          case "ids" -> "{\"ids\":[\"?\"]}";
          case "documents" -> "{\"where_document\":{\"$contains\":\"?\"},\"where\":{\"odd\":true}}";
          case "value" -> "{\"where\":{\"v\":\"?\"}}";
          case "list" -> "{\"where\":{\"l\":{\"$contains\":\"?\"}}}";
          case "key" ->
              Objects.requireNonNull(odd.value()).startsWith("$") ? "{}" : "{\"where\":{\"?\":1}}";
          default -> "{\"where\":{\"odd\":true}}";
        };
    ApiResponse answer = post(records + "/get", filled(condition, odd));
    return answer.status() == 200 && !json(answer).get("ids").isEmpty();
  }

  /** Whether it was stored; what means nothing may not be. */
  private static boolean requireStoredOrRefused(Odd odd, ApiResponse answer, String place) {
    if (answer.status() >= 300) {
      assertThat(answer.status()).as("%s: %s", place, shown(answer)).isIn(400, 409);
      return false;
    }
    assertThat(odd.value()).as("%s: %s", place, shown(answer)).isNotNull();
    return true;
  }

  private static void requireAnswered(Odd odd, ApiResponse answer, String place) {
    assertThat(answer.status())
        .as("%s: %s", place, shown(answer))
        .isIn(odd.value() == null ? List.of(400, 422) : List.of(200, 400, 422, 501));
  }

  private static void require(ApiResponse answer, int status) {
    assertThat(answer.status()).as(shown(answer)).isEqualTo(status);
  }

  private static byte[] filled(String template, Odd odd) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String[] parts = template.split("\\?", -1);
    for (int i = 0; i < parts.length; i++) {
      body.write(parts[i].getBytes(StandardCharsets.UTF_8));
      if (i < parts.length - 1) {
        body.write(odd.json());
      }
    }
    return body.toByteArray();
  }

  private static String encoded(String text) {
    return percent(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String percent(byte[] bytes) {
    StringBuilder path = new StringBuilder();
    for (byte each : bytes) {
      path.append('%').append(HexFormat.of().toHexDigits(each));
    }
    return path.toString();
  }

  private ApiResponse post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  private ApiResponse post(String path, byte[] body) {
    return send("POST", path, body);
  }

  private ApiResponse send(String method, String path, byte[] body) {
    return answer(method, path, Map.of("x-chroma-token", token), body);
  }

  private ApiResponse answer(String method, String path, Map<String, String> headers, byte[] body) {
    try {
      return node.answer(new ApiRequest(method, path, Map.of(), headers, body));
    } catch (RuntimeException e) {
      return ErrorResponse.of(e);
    }
  }

  private static JsonNode json(ApiResponse answer) throws IOException {
    assertThat(answer.status()).as(shown(answer)).isLessThan(300);
    return JSON.readTree(answer.body());
  }

  private static String shown(ApiResponse answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    return answer.status() + " " + body.substring(0, Math.min(300, body.length()));
  }

  private static final class NoEmbedding implements EmbeddingFunction {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public List<Embedding> embed(List<String> texts) {
      return texts.stream().map(_ -> Embedding.of(new float[] {1, 2})).toList();
    }
  }
}
