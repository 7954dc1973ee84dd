package dev.siltstone.query.admin;

import static dev.siltstone.query.admin.AdminServer.COLLECTIONS;
import static dev.siltstone.query.admin.AdminServer.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.Route;
import dev.siltstone.api.Route.Area;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.VectorShape;
import dev.siltstone.query.admin.AdminServer.Answer;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminApiTest {
  private static final String SHAPE = "Failed to deserialize the JSON body into the target type: ";

  @TempDir Path folder;
  private AdminServer server;

  @BeforeEach
  void start() {
    server = new AdminServer(folder, Reset.REFUSED);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersEveryRouteThatIsNotAboutRecords() {
    for (Route route : Route.values()) {
      if (route.area() != Area.RECORDS) {
        String path = route.path().replaceAll("\\{(\\w+)}", "some-$1");
        assertThat(server.send(route.method().name(), path).status())
            .as(route.name())
            .isNotEqualTo(500);
      }
    }
  }

  @Test
  void saysWhatClientsAskFirst() {
    assertThat(server.send("GET", "/api/v2/version").text()).isEqualTo("\"1.0.0\"");
    assertThat(server.send("GET", "/api/v2/pre-flight-checks").text())
        .isEqualTo("{\"max_batch_size\":5461,\"supports_base64_encoding\":true}");
    assertThat(server.send("GET", "/api/v2/auth/identity").text())
        .isEqualTo(
            """
            {"user_id":"","tenant":"default_tenant","databases":["default_database"]}\
            """);
    assertThat(server.send("GET", "/api/v2/tenants/default_tenant").text())
        .isEqualTo("{\"name\":\"default_tenant\",\"resource_name\":null}");
    assertThat(server.send("GET", DATABASE).object())
        .containsEntry("name", "default_database")
        .containsEntry("tenant", "default_tenant");
    Object heartbeat = server.send("GET", "/api/v2").object().get("nanosecond heartbeat");
    assertThat((Long) heartbeat).isGreaterThan(1_700_000_000_000_000_000L);
  }

  @Test
  void refusesAResetUnlessItIsAllowed(@TempDir Path other) {
    assertError(
        server.send("POST", "/api/v2/reset"), 403, "ChromaError", "Reset is disabled by config");
    try (AdminServer lenient = new AdminServer(other, Reset.ALLOWED)) {
      lenient.send("POST", "/api/v2/tenants", "{\"name\":\"ten_a\"}");
      lenient.send("POST", COLLECTIONS, "{\"name\":\"abc\"}");
      assertThat(lenient.send("POST", "/api/v2/reset").text()).isEqualTo("true");
      assertThat(lenient.send("GET", "/api/v2/tenants/ten_a").status()).isEqualTo(404);
      assertThat(lenient.send("GET", DATABASE + "/collections_count").text()).isEqualTo("0");
      assertThat(lenient.send("GET", DATABASE).status()).isEqualTo(200);
    }
  }

  @Test
  void createsTenantsAndDatabasesOnce() {
    assertThat(server.send("POST", "/api/v2/tenants", "{\"name\":\"ten_a\"}").text())
        .isEqualTo("{}");
    assertError(
        server.send("POST", "/api/v2/tenants", "{\"name\":\"ten_a\"}"),
        409,
        "ChromaError",
        "Tenant [ten_a] already exists");
    String databases = "/api/v2/tenants/ten_a/databases";
    assertThat(server.send("POST", databases, "{\"name\":\"dbone\"}").status()).isEqualTo(200);
    assertError(
        server.send("POST", databases, "{\"name\":\"dbone\"}"),
        409,
        "ChromaError",
        "Database [dbone] already exists");
    assertThat((List<?>) server.send("GET", databases).json()).hasSize(1);
    assertThat(server.send("GET", databases + "?limit=1&offset=1").text()).isEqualTo("[]");
    assertThat(server.send("DELETE", databases + "/dbone").text()).isEqualTo("{}");
    assertError(
        server.send("DELETE", databases + "/dbone"),
        404,
        "NotFoundError",
        "Database [dbone] not found");
  }

  @Test
  void writesACollectionAsClientsExpect() {
    Map<?, ?> created =
        server
            .send("POST", COLLECTIONS, "{\"name\":\"abc\",\"metadata\":{\"i\":1,\"f\":1.0}}")
            .object();
    assertThat(created.keySet().stream().map(String.class::cast))
        .containsExactly(
            "id",
            "name",
            "configuration_json",
            "schema",
            "metadata",
            "dimension",
            "tenant",
            "database",
            "log_position",
            "version");
    assertThat(created.get("configuration_json"))
        .isEqualTo(
            tree(
                """
                {"hnsw":{"space":"l2","ef_construction":100,"ef_search":100,"max_neighbors":16,
                 "resize_factor":1.2,"sync_threshold":1000},"spann":null,"embedding_function":null}
                """));
    assertThat(created.get("metadata")).isEqualTo(Map.of("i", 1L, "f", 1.0));
    assertThat(created.get("dimension")).isNull();
    assertThat(at(created, "schema", "keys", "#embedding", "float_list", "vector_index"))
        .isEqualTo(
            tree(
                """
                {"enabled":true,"config":{"space":"l2","source_key":"#document","hnsw":{
                 "ef_construction":100,"max_neighbors":16,"ef_search":100,"num_threads":2,
                 "batch_size":100,"sync_threshold":1000,"resize_factor":1.2}}}
                """));
    assertThat(server.send("GET", COLLECTIONS + "/abc").object()).isEqualTo(created);
    assertThat(server.send("GET", COLLECTIONS + "/by-id/" + created.get("id")).object())
        .isEqualTo(created);
    assertThat(
            server.send("GET", "/api/v2/collections/default_tenant:default_database:abc").object())
        .isEqualTo(created);
    assertThat(server.send("GET", COLLECTIONS).json()).isEqualTo(List.of(created));
  }

  @Test
  void showsTheDimensionOnceTheFirstWriteHasFixedIt() {
    String id = create("{\"name\":\"abc\"}");
    DeltaId delta = new DeltaId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L));
    server.log.reserve(CollectionId.parse(id), delta, new VectorShape(3, null));
    assertThat(server.send("GET", COLLECTIONS + "/abc").object()).containsEntry("dimension", 3L);
    assertThat(
            server.send("POST", COLLECTIONS, "{\"name\":\"abc\",\"get_or_create\":true}").object())
        .containsEntry("dimension", 3L);
  }

  @Test
  void returnsAnExistingCollectionUnchangedToGetOrCreate() {
    String id = create("{\"name\":\"abc\"}");
    Map<?, ?> got =
        server
            .send(
                "POST",
                COLLECTIONS,
                "{\"name\":\"abc\",\"get_or_create\":true,\"metadata\":{\"z\":1}}")
            .object();
    assertThat(got.get("id")).isEqualTo(id);
    assertThat(got.get("metadata")).isNull();
    assertError(
        server.send("POST", COLLECTIONS, "{\"name\":\"abc\"}"),
        409,
        "ChromaError",
        "Collection [abc] already exists");
  }

  @Test
  void takesIndexParametersFromConfigurationOrLegacyMetadata() {
    create(
        """
        {"name":"cfg","configuration":{"hnsw":{"space":"ip","ef_search":80,"num_threads":3},
         "embedding_function":{"type":"known","name":"n","config":{"a":[1,null]},"x":1}}}
        """);
    Map<?, ?> cfg = server.send("GET", COLLECTIONS + "/cfg").object();
    assertThat(at(cfg, "configuration_json", "hnsw"))
        .extracting("space", "ef_search", "ef_construction")
        .containsExactly("ip", 80L, 100L);
    assertThat(at(cfg, "configuration_json", "embedding_function"))
        .isEqualTo(tree("{\"type\":\"known\",\"name\":\"n\",\"config\":{\"a\":[1,null]}}"));
    create("{\"name\":\"old\",\"metadata\":{\"hnsw:space\":\"cosine\",\"hnsw:M\":8}}");
    Map<?, ?> old = server.send("GET", COLLECTIONS + "/old").object();
    assertThat(at(old, "configuration_json", "hnsw"))
        .extracting("space", "max_neighbors")
        .containsExactly("cosine", 8L);
    assertThat(old.get("metadata")).isEqualTo(Map.of("hnsw:space", "cosine", "hnsw:M", 8L));
  }

  @Test
  void takesIndexParametersFromASchemaAndEchoesIt() {
    create(
        """
        {"name":"sch","schema":{"defaults":{},"keys":{
          "#embedding":{"float_list":{"vector_index":{"enabled":true,"config":{
            "space":"cosine","hnsw":{"ef_search":7},"embedding_function":{"type":"legacy"}}}}},
          "title":{"string":{"string_inverted_index":{"enabled":false,"config":{}}}}}}}
        """);
    Map<?, ?> created = server.send("GET", COLLECTIONS + "/sch").object();
    assertThat(at(created, "configuration_json", "hnsw"))
        .extracting("space", "ef_search", "max_neighbors")
        .containsExactly("cosine", 7L, 16L);
    assertThat(at(created, "schema", "keys", "title"))
        .isEqualTo(
            tree("{\"string\":{\"string_inverted_index\":{\"enabled\":false,\"config\":{}}}}"));
    assertThat(at(created, "schema", "keys", "#embedding", "float_list", "vector_index", "config"))
        .extracting("space", "source_key", "embedding_function")
        .containsExactly("cosine", "#document", Map.of("type", "legacy"));
    assertThat(at(created, "schema", "defaults", "float_list", "vector_index", "config"))
        .extracting("space")
        .isEqualTo("l2");
  }

  @Test
  void refusesSchemasThatBreakARule() {
    assertError(
        server.send(
            "POST",
            COLLECTIONS,
            """
            {"name":"abc","schema":{"defaults":{},"keys":{"k":{"float_list":{"vector_index":
             {"enabled":true,"config":{}}}}}}}
            """),
        400,
        "InvalidArgumentError",
        "Validation error: schema: Vector index can only be enabled on #embedding field: k");
    assertError(
        server.send(
            "POST",
            COLLECTIONS,
            """
            {"name":"abc","configuration":{"hnsw":{"space":"ip"}},"schema":{"defaults":{},
             "keys":{"k":{"int":{"int_inverted_index":{"enabled":false,"config":{}}}}}}}
            """),
        400,
        "InvalidArgumentError",
        "Failed to reconcile schema: Cannot set both collection config and schema simultaneously");
    assertThat(server.send("POST", COLLECTIONS, "{\"name\":\"abc\",\"schema\":{}}").status())
        .isEqualTo(422);
  }

  @Test
  void changesNameMetadataAndSettingsApart() {
    String path = COLLECTIONS + "/" + create("{\"name\":\"abc\",\"metadata\":{\"a\":1}}");
    assertThat(server.send("PUT", path, "{}").text()).isEqualTo("{}");
    server.send("PUT", path, "{\"new_name\":\"abd\"}");
    server.send("PUT", path, "{\"new_configuration\":{\"hnsw\":{\"ef_search\":33}}}");
    Map<?, ?> changed = server.send("GET", COLLECTIONS + "/abd").object();
    assertThat(changed.get("metadata")).isEqualTo(Map.of("a", 1L));
    assertThat(at(changed, "configuration_json", "hnsw")).extracting("ef_search").isEqualTo(33L);
    server.send("PUT", path, "{\"new_metadata\":{\"b\":null,\"c\":2}}");
    assertThat(server.send("GET", COLLECTIONS + "/abd").object().get("metadata"))
        .isEqualTo(Map.of("c", 2L));
    assertThat(server.send("GET", COLLECTIONS + "/abc").status()).isEqualTo(404);
  }

  @Test
  void refusesChangesInTheReferencesWords() {
    String path = COLLECTIONS + "/" + create("{\"name\":\"abc\"}");
    create("{\"name\":\"taken\"}");
    assertError(
        server.send("PUT", path, "{\"new_name\":\"taken\"}"),
        409,
        "ChromaError",
        "Collection [taken] already exists");
    assertError(
        server.send("PUT", path, "{\"new_metadata\":{}}"),
        400,
        "InvalidArgumentError",
        "Validation error: new_metadata: Metadata cannot be empty");
    assertError(
        server.send("PUT", path, "{\"new_configuration\":{\"hnsw\":{\"space\":\"l2\"}}}"),
        422,
        "ChromaError",
        SHAPE
            + "new_configuration.hnsw.space: unknown field `space`, expected one of `ef_search`,"
            + " `max_neighbors`, `num_threads`, `resize_factor`, `sync_threshold`, `batch_size`"
            + " at line 1 column 37");
    String unknown = "00000000-0000-4000-8000-000000000000";
    assertError(
        server.send("PUT", COLLECTIONS + "/" + unknown, "{\"new_name\":\"abcd\"}"),
        404,
        "NotFoundError",
        "Collection [" + unknown + "] does not exist.");
    assertError(
        server.send("PUT", COLLECTIONS + "/xyz", "{}"),
        400,
        "InvalidArgumentError",
        "Collection ID is not a valid UUIDv4");
  }

  @Test
  void refusesNewCollectionsInTheReferencesWords() {
    String name =
        "Validation error: name: Expected a name containing 3-512 characters from"
            + " [a-zA-Z0-9._-], starting and ending with a character in [a-zA-Z0-9]. Got: ab";
    assertRefused("{\"name\":\"ab\"}", 400, name);
    assertRefused("{}", 422, SHAPE + "missing field `name` at line 1 column 2");
    assertRefused(
        "{\"name\":5}",
        422,
        SHAPE + "name: invalid type: integer `5`, expected a string at line 1 column 9");
    assertRefused(
        "{\"name\":\"abc\",\"metadata\":{}}",
        400,
        "Validation error: metadata: Metadata cannot be empty");
    assertRefused(
        "{\"name\":\"abc\",\"metadata\":{\"#a\":1}}",
        400,
        "Validation error: metadata: Metadata key cannot start with '#' or '$': #a");
    assertRefused(
        "{\"name\":\"abc\",\"metadata\":{\"hnsw:M\":\"x\"}}",
        400,
        "Failed to parse hnsw parameters from segment metadata");
    assertRefused(
        "{\"name\":\"cfg2\",\"configuration\":{\"hnsw\":{\"space\":\"l3\"}}}",
        422,
        SHAPE
            + "configuration.hnsw.space: unknown variant `l3`, expected one of `l2`, `cosine`,"
            + " `ip` at line 1 column 52");
    assertRefused(
        "{\"name\":\"abc\",\"configuration\":{\"spann\":{},\"hnsw\":{}}}",
        400,
        "Multiple vector index configurations provided");
    assertThat(server.send("GET", DATABASE + "/collections_count").text()).isEqualTo("0");
    assertError(
        server.send(
            "POST",
            DATABASE.replace("default_database", "nodb") + "/collections",
            "{\"name\":\"abc\"}"),
        400,
        "InvalidArgumentError",
        "Database [nodb] does not exist");
  }

  @Test
  void answersUnknownNamesAsMissingWhateverTheirForm() {
    for (String name : List.of("nonex", "a", "-abc", "a..b", "%20", "%2F..%2F")) {
      assertThat(server.send("GET", COLLECTIONS + "/" + name).status()).as(name).isEqualTo(404);
      assertThat(server.send("DELETE", COLLECTIONS + "/" + name).status()).as(name).isEqualTo(404);
      assertThat(server.send("GET", "/api/v2/tenants/" + name).status()).as(name).isEqualTo(404);
      String database = "/api/v2/tenants/default_tenant/databases/" + name;
      assertThat(server.send("GET", database).status()).as(name).isEqualTo(404);
      assertThat(server.send("DELETE", database).status()).as(name).isEqualTo(404);
      assertThat(server.send("GET", database + "/collections").text()).isEqualTo("[]");
      assertThat(server.send("GET", database + "/collections_count").text()).isEqualTo("0");
    }
  }

  @Test
  void keepsTenantsApartAlsoById() {
    String id = create("{\"name\":\"abc\"}");
    server.send("POST", "/api/v2/tenants", "{\"name\":\"other\"}");
    server.send("POST", "/api/v2/tenants/other/databases", "{\"name\":\"default_database\"}");
    String others = "/api/v2/tenants/other/databases/default_database/collections";
    assertThat(server.send("GET", others + "/by-id/" + id).status()).isEqualTo(404);
    assertThat(server.send("PUT", others + "/" + id, "{\"new_name\":\"mine\"}").status())
        .isEqualTo(404);
    assertThat(server.send("DELETE", others + "/abc").status()).isEqualTo(404);
    assertThat(server.send("GET", others).text()).isEqualTo("[]");
    assertThat(server.send("POST", others, "{\"name\":\"abc\"}").object().get("id"))
        .isNotEqualTo(id);
  }

  @Test
  void refusesPagesThatAreNoNumbers() {
    for (String page : List.of("limit=x", "offset=-1", "limit=", "limit=99999999999")) {
      assertThat(server.send("GET", COLLECTIONS + "?" + page).status()).as(page).isEqualTo(400);
    }
    assertThat(server.send("GET", COLLECTIONS + "?limit=4294967295").status()).isEqualTo(200);
  }

  @Test
  void answers501ToWhatNothingStandsBehind() {
    String path = COLLECTIONS + "/" + create("{\"name\":\"abc\"}");
    assertError(
        server.send("POST", path + "/fork", "{\"new_name\":\"f\"}"),
        501,
        "ChromaError",
        "Collection forking is unsupported for local chroma");
    assertThat(server.send("GET", path + "/fork_count").status()).isEqualTo(501);
    assertThat(server.send("POST", path + "/functions/attach", "{}").status()).isEqualTo(501);
    assertThat(server.send("GET", path + "/functions/f1").status()).isEqualTo(404);
  }

  @Test
  void losesNoneOfTheRacingChangesToDifferentSettings() throws Exception {
    String path = COLLECTIONS + "/" + create("{\"name\":\"abc\"}");
    List<String> changes =
        List.of(
            "{\"new_name\":\"abd\"}",
            "{\"new_metadata\":{\"k\":1}}",
            "{\"new_configuration\":{\"hnsw\":{\"ef_search\":33}}}",
            "{\"new_configuration\":{\"hnsw\":{\"max_neighbors\":44}}}");
    List<Callable<Answer>> calls =
        changes.stream()
            .<Callable<Answer>>map(body -> () -> server.send("PUT", path, body))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(changes.size())) {
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    }
    Map<?, ?> changed = server.send("GET", COLLECTIONS + "/abd").object();
    assertThat(changed.get("metadata")).isEqualTo(Map.of("k", 1L));
    assertThat(at(changed, "configuration_json", "hnsw"))
        .extracting("ef_search", "max_neighbors")
        .containsExactly(33L, 44L);
  }

  @Test
  void letsExactlyOneOfRacingCreatorsWin() throws Exception {
    List<Callable<Answer>> calls =
        IntStream.range(0, 8)
            .<Callable<Answer>>mapToObj(
                _ -> () -> server.send("POST", COLLECTIONS, "{\"name\":\"abc\"}"))
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
      long created = 0;
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        created += answer.get().status() == 200 ? 1 : 0;
        assertThat(answer.get().status()).isIn(200, 409);
      }
      assertThat(created).isOne();
    }
  }

  @Test
  void answersMutatedBodiesWithoutAFault() {
    String body =
        """
        {"name":"abc","get_or_create":true,"metadata":{"a":1,"b":[1.5],"hnsw:M":8},\
        "configuration":{"hnsw":{"space":"ip","ef_search":80},"embedding_function":{"type":"known",\
        "name":"n","config":{}}},"schema":{"defaults":{},"keys":{"k":{"int":{"int_inverted_index":\
        {"enabled":true,"config":{}}}}}},"new_name":"abd","new_metadata":{"x":null}}\
        """;
    String id = create("{\"name\":\"first\"}");
    long seed = 77;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] pool = (body + "{}[]:,\"\\0e-.").getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      for (int change = 1 + random.nextInt(3); change > 0; change--) {
        bytes[random.nextInt(bytes.length)] = pool[random.nextInt(pool.length)];
      }
      assertThat(server.send("POST", COLLECTIONS, bytes).status())
          .as("seed %d, round %d", seed, round)
          .isIn(200, 400, 409, 422);
      assertThat(server.send("PUT", COLLECTIONS + "/" + id, bytes).status())
          .as("seed %d, round %d", seed, round)
          .isIn(200, 400, 409, 422);
    }
  }

  private String create(String body) {
    Answer answer = server.send("POST", COLLECTIONS, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return (String) Objects.requireNonNull(answer.object().get("id"));
  }

  private void assertRefused(String body, int status, String message) {
    String error = status == 400 ? "InvalidArgumentError" : "ChromaError";
    assertError(server.send("POST", COLLECTIONS, body), status, error, message);
  }

  private static void assertError(Answer answer, int status, String error, String message) {
    assertThat(answer.object()).isEqualTo(Map.of("error", error, "message", message));
    assertThat(answer.status()).isEqualTo(status);
  }

  private static Object tree(String json) {
    return Objects.requireNonNull(dev.siltstone.api.json.JsonTree.parse(json));
  }

  private static Object at(Map<?, ?> object, String... path) {
    Object at = object;
    for (String step : path) {
      at = Objects.requireNonNull(((Map<?, ?>) at).get(step), step);
    }
    return at;
  }
}
