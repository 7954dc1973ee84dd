package dev.siltstone.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.identity.CollectionId;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a write, its answer says so and nothing is left behind. */
class BadInputTest {
  private static final String GOOD = "{\"ids\":[\"a\"],\"embeddings\":[[1,2]]}";

  private final LengthFunction function = new LengthFunction("lengths", 2);
  @TempDir private Path folder;
  private IngestFixture fixture;

  @BeforeEach
  void open() {
    fixture = new IngestFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  static Stream<Arguments> badBodies() {
    String vector = "\"embeddings\":[[1,2]]";
    return Stream.of(
        arguments("malformed JSON", "{\"ids\":[\"a\"],", 400, ""),
        arguments("no JSON at all", "hello", 400, ""),
        arguments("empty body", "", 400, ""),
        arguments("a list", "[1]", 422, ""),
        arguments("no ids", "{" + vector + "}", 422, "ids"),
        arguments("empty id", "{\"ids\":[\"\"]," + vector + "}", 400, "Empty ID"),
        arguments("id of another type", "{\"ids\":[7]," + vector + "}", 422, "ids"),
        arguments(
            "too long an id",
            "{\"ids\":[\"" + "x".repeat(4_097) + "\"]," + vector + "}",
            400,
            "id"),
        arguments(
            "more ids than vectors", "{\"ids\":[\"a\",\"b\"]," + vector + "}", 400, "Inconsistent"),
        arguments(
            "fewer metadatas",
            "{\"ids\":[\"a\"],\"metadatas\":[]," + vector + "}",
            400,
            "Inconsistent"),
        arguments("NaN", "{\"ids\":[\"a\"],\"embeddings\":[[1,NaN]]}", 400, ""),
        arguments(
            "a value beyond float32", "{\"ids\":[\"a\"],\"embeddings\":[[1,1e40]]}", 400, "NaN"),
        arguments(
            "NaN as base64", "{\"ids\":[\"a\"],\"embeddings\":[\"AADAfwAAwH8=\"]}", 400, "NaN"),
        arguments("null in a vector", "{\"ids\":[\"a\"],\"embeddings\":[[1,null]]}", 422, ""),
        arguments("empty vector", "{\"ids\":[\"a\"],\"embeddings\":[[]]}", 400, ""),
        arguments(
            "vectors of two dimensions",
            "{\"ids\":[\"a\",\"b\"],\"embeddings\":[[1,2],[1]]}",
            400,
            "dimension"),
        arguments(
            "too wide a vector",
            "{\"ids\":[\"a\"],\"embeddings\":[[" + "1,".repeat(20_000) + "1]]}",
            400,
            "16384"),
        arguments("neither vector nor document", "{\"ids\":[\"a\"]}", 422, "embeddings"),
        arguments(
            "one document missing",
            "{\"ids\":[\"a\",\"b\"],\"documents\":[\"x\",null]}",
            400,
            "neither"),
        arguments(
            "nested metadata",
            "{\"ids\":[\"a\"],\"metadatas\":[{\"o\":{\"p\":1}}]," + vector + "}",
            422,
            "metadatas[0].o"),
        arguments(
            "mixed metadata list",
            "{\"ids\":[\"a\"],\"metadatas\":[{\"o\":[1,\"x\"]}]," + vector + "}",
            422,
            "metadatas[0].o"),
        arguments(
            "reserved metadata key",
            "{\"ids\":[\"a\"],\"metadatas\":[{\"#x\":1}]," + vector + "}",
            400,
            "Invalid metadata at index 0"),
        arguments(
            "metadata that is no object",
            "{\"ids\":[\"a\"],\"metadatas\":[7]," + vector + "}",
            422,
            "metadatas"),
        arguments(
            "sparse vector",
            "{\"ids\":[\"a\"],\"metadatas\":[{\"s\":{\"#type\":\"sparse_vector\","
                + "\"indices\":[1],\"values\":[1]}}],"
                + vector
                + "}",
            501,
            "Sparse"),
        arguments(
            "unpaired surrogate",
            "{\"ids\":[\"a\"],\"documents\":[\"\\ud800\"]," + vector + "}",
            400,
            ""),
        arguments(
            "document of another type",
            "{\"ids\":[\"a\"],\"documents\":[7]," + vector + "}",
            422,
            "documents"),
        arguments("oversized body", GOOD + " ".repeat(100_000), 413, "limit"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBodies")
  void leavesNothingBehind(String what, String body, int status, String message) {
    ApiResponse answer = add(fixture.api(function), IngestFixture.COLLECTION.toString(), body);
    assertThat(answer.status()).as("%s: %s", what, text(answer)).isEqualTo(status);
    assertThat(text(answer)).startsWith("{\"error\":\"").contains("\"message\":\"");
    assertThat(text(answer)).contains(message);
    assertThat(function.embedded()).isEmpty();
    fixture.assertNothingLeft();
  }

  @Test
  void leavesNothingBehindForAWrongDimension() {
    ProducerApi api = fixture.api(function);
    assertThat(add(api, IngestFixture.COLLECTION.toString(), GOOD).status()).isEqualTo(201);
    ApiResponse answer =
        add(
            fixture.api(function),
            IngestFixture.COLLECTION.toString(),
            "{\"ids\":[\"b\"],\"embeddings\":[[1,2,3]]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(text(answer))
        .isEqualTo(
            "{\"error\":\"InvalidArgumentError\",\"message\":"
                + "\"Collection expecting embedding with dimension of 2, got 3\"}");
    fixture.assertOnly(1);
    assertThat(fixture.notices()).hasSize(1);
  }

  @Test
  void leavesNothingBehindForAnUnknownCollection() {
    CollectionId unknown = CollectionId.parse("0198c0de-0000-7000-8000-0000000000ff");
    ApiResponse answer = add(fixture.api(function), unknown.toString(), GOOD);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(text(answer))
        .isEqualTo(
            "{\"error\":\"NotFoundError\",\"message\":\"Collection [%s] does not exist.\"}"
                .formatted(unknown));
    assertThat(add(fixture.api(function), "docs", GOOD).status()).isEqualTo(400);
    fixture.assertNothingLeft();
  }

  @Test
  void leavesNothingBehindForAnotherContentType() {
    ApiRequest request =
        new ApiRequest(
            "POST", "", Map.of(), Map.of("content-type", "text/plain"), GOOD.getBytes(UTF_8));
    ApiResponse answer =
        fixture.api(function).handle(match(IngestFixture.COLLECTION.toString()), request);
    assertThat(answer.status()).isEqualTo(415);
    fixture.assertNothingLeft();
  }

  @Test
  void answersSuccessWithTheFreshnessToken() {
    ProducerApi api = fixture.api(function);
    ApiResponse first = add(api, IngestFixture.COLLECTION.toString(), GOOD);
    assertThat(text(first)).isEqualTo("{}");
    assertThat(first.headers()).containsEntry("x-siltstone-token", "1");
    ApiResponse second = add(api, IngestFixture.COLLECTION.toString(), GOOD);
    assertThat(second.headers()).containsEntry("x-siltstone-token", "2");
  }

  private static ApiResponse add(ProducerApi api, String collection, String body) {
    ApiRequest request = new ApiRequest("POST", "", Map.of(), Map.of(), body.getBytes(UTF_8));
    return api.handle(match(collection), request);
  }

  private static RouteMatch match(String collection) {
    return new RouteMatch(
        Route.ADD,
        Map.of(
            "tenant", "default_tenant",
            "database", "default_database",
            "collection", collection));
  }

  private static String text(ApiResponse answer) {
    return new String(answer.body(), UTF_8);
  }
}
