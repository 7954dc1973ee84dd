package dev.siltstone.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.notice.aws.NoticeMessage;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Events in, answers out, through the three handlers as the managed runtime would make them. */
class HandlersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  @TempDir Path folder;

  @Test
  void aRecordGoesFromAnEventThroughALogAndASnapshotIntoAnswers() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        HandlerProcess producer =
            start("dev.siltstone.ingest.lambda.ProducerHandler", family, "producer");
        HandlerProcess query = start("dev.siltstone.query.lambda.QueryHandler", family, "query");
        HandlerProcess compactor =
            start("dev.siltstone.compactor.lambda.CompactorHandler", family, "compactor")) {
      String id = createCollection(query);

      JsonNode receipt =
          producer.invoke(
              Map.of(
                  "collection", "rivers",
                  "operation", "add",
                  "ids", List.of("a", "b"),
                  "embeddings", List.of(List.of(1, 0), List.of(0, 1)),
                  "documents", List.of("silt", "water")));
      assertThat(receipt.get("count").asInt()).isEqualTo(2);
      assertThat(receipt.get("sequence").asLong()).isEqualTo(1);
      assertThat(receipt.get("delta_key").asText()).startsWith("delta/" + id + "/");
      assertThat(count(query)).isEqualTo(2);
      assertThat(indexed(query)).isZero();

      JsonNode failures = compactor.invoke(sqsEvent(family));
      assertThat(failures.get("batchItemFailures")).isEmpty();
      awaitIndexed(query, 2);

      JsonNode upsert =
          body(
              producer.invoke(
                  http(
                      "POST",
                      COLLECTIONS + "/" + id + "/upsert",
                      "{\"ids\":[\"b\"],\"embeddings\":[[0,2]],\"documents\":[\"mud\"]}")),
              200);
      assertThat(upsert).isEmpty();
      assertNearest(query, id);
      assertDeletesByFilter(query, id);

      JsonNode swept = compactor.invoke(Map.of("command", "sweep"));
      assertThat(swept.get("runs").get(0).get("outcome").asText()).isEqualTo("DRAINED");
      assertThat(count(query)).isEqualTo(1);
      assertThat(
              compactor
                  .invoke(Map.of("command", "compact", "collection", id))
                  .get("deltas")
                  .asInt())
          .isZero();
      JsonNode collected = compactor.invoke(Map.of("command", "gc"));
      assertThat(collected.get("collections").get(0).get("outcome").asText())
          .isEqualTo("NOTHING_TO_DO");
      assertThat(collected.get("complete").asBoolean()).isTrue();
      assertThat(compactor.invoke(Map.of("command", "gc", "collection", id)).get("collections"))
          .hasSize(1);
      JsonNode stats = compactor.invoke(Map.of("command", "stats", "collection", "rivers"));
      assertThat(stats.get("id").asText()).isEqualTo(id);
      assertThat(stats.get("records").asInt()).isEqualTo(1);
      JsonNode verified =
          compactor.invoke(Map.of("command", "verify", "collection", id, "all", true));
      assertThat(verified.get("sound").asBoolean()).isTrue();
      assertThat(compactor.invokeFailing(Map.of("command", "destroy", "collection", id)))
          .contains("there is no command 'destroy'");
    }
  }

  @Test
  void functionsAskForATokenUnlessTheyAreToldNotTo() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        HandlerProcess producer =
            HandlerProcess.start(
                "dev.siltstone.ingest.lambda.ProducerHandler", family, folder.resolve("p"), "");
        HandlerProcess query =
            HandlerProcess.start(
                "dev.siltstone.query.lambda.QueryHandler", family, folder.resolve("q"), "")) {
      String writer = token(family, Role.WRITE);
      String reader = token(family, Role.READ);
      body(query.invoke(http("GET", "/api/v2/heartbeat", "")), 200);
      assertThat(body(query.invoke(http("GET", COLLECTIONS, "")), 401).get("error").asText())
          .isEqualTo("AuthorizationError");
      String id =
          body(query.invoke(http("POST", COLLECTIONS, "{\"name\":\"rivers\"}", writer)), 200)
              .get("id")
              .asText();
      String add = COLLECTIONS + "/" + id + "/add";
      String record = "{\"ids\":[\"a\"],\"embeddings\":[[1,2]]}";

      body(producer.invoke(http("POST", add, record)), 401);
      body(producer.invoke(http("POST", add, record, reader)), 403);
      body(producer.invoke(http("POST", add, record, writer)), 201);
      JsonNode count =
          body(query.invoke(http("GET", COLLECTIONS + "/" + id + "/count", "", reader)), 200);
      assertThat(count.asInt()).isEqualTo(1);
    }
  }

  static String token(AwsFamily family, Role role) {
    TokenSecret secret = TokenSecret.fresh(new Random());
    family
        .tokens()
        .add(
            new AccessToken(
                secret.id(), "test", role, Scope.ALL, secret.hash(), Clock.system().now()));
    return secret.reveal();
  }

  @Test
  void whatCannotBeDoneIsSaidClearly() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        HandlerProcess producer =
            start("dev.siltstone.ingest.lambda.ProducerHandler", family, "producer");
        HandlerProcess query = start("dev.siltstone.query.lambda.QueryHandler", family, "query")) {
      assertThat(
              producer.invokeFailing(
                  Map.of("collection", "nowhere", "operation", "delete", "ids", List.of("a"))))
          .contains("NotFoundError")
          .contains("nowhere");
      assertThat(query.invokeFailing(Map.of("operation", "guess", "collection", "nowhere")))
          .contains("InvalidArgumentError")
          .contains("guess");
      body(query.invoke(http("GET", "/api/v2/nonsense/path/here", "")), 404);
    }
  }

  @Test
  void aQueuedWriteIsAppliedOnceThoughTwoProducersHaveItAndItComesAgain() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        HandlerProcess one = start("dev.siltstone.ingest.lambda.ProducerHandler", family, "one");
        HandlerProcess two = start("dev.siltstone.ingest.lambda.ProducerHandler", family, "two");
        HandlerProcess query = start("dev.siltstone.query.lambda.QueryHandler", family, "query")) {
      String id = createCollection(query);
      Map<String, Object> writes = new TreeMap<>();
      for (int i = 0; i < 20; i++) {
        writes.put("message" + i, queuedAdd("r" + i));
      }
      writes.put("poison", Map.of("collection", "nowhere"));
      Map<String, Object> event = queued(writes);

      var both =
          Stream.of(one, two, one)
              .map(producer -> CompletableFuture.supplyAsync(() -> invokeInTurn(producer, event)))
              .toList();

      for (var answer : both) {
        assertThat(answer.join().toString())
            .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"poison\"}]}");
      }
      assertThat(operations(family, id)).isEqualTo(20);
      assertThat(count(query)).isEqualTo(20);
    }
  }

  @Test
  void aDroppedFileIsImportedOverSeveralInvocationsAndOnce() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        HandlerProcess producer =
            start("dev.siltstone.ingest.lambda.ProducerHandler", family, "producer");
        HandlerProcess query = start("dev.siltstone.query.lambda.QueryHandler", family, "query")) {
      String id = createCollection(query);
      String key = "import/default_tenant/default_database/rivers/first load.jsonl";
      drop(family, key, 1_500);
      Map<String, Object> event = dropped(family, key);

      producer.invoke(ofImports(family, Map.of("Event", "s3:TestEvent")));
      producer.invokeShortly(event);
      assertThat(operations(family, id)).isEqualTo(1_000);
      producer.invoke(rest(family));
      producer.invoke(event);

      assertThat(operations(family, id)).isEqualTo(1_500);
      assertThat(count(query)).isEqualTo(1_500);
      String report =
          family
              .s3()
              .listObjectsV2(b -> b.bucket(family.bucket()).prefix("import-report/"))
              .contents()
              .getFirst()
              .key();
      assertThat(report)
          .startsWith("import-report/default_tenant/default_database/rivers/first load.jsonl.");
      assertThat(
              family
                  .s3()
                  .getObjectAsBytes(b -> b.bucket(family.bucket()).key(report))
                  .asUtf8String())
          .contains("\"outcome\":\"imported\"", "\"operations\":1500");
    }
  }

  static void drop(AwsFamily family, String key, int records) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      lines.append("{\"ids\":[\"f%d\"],\"embeddings\":[[%d,1]]}\n".formatted(i, i));
    }
    family
        .s3()
        .putObject(
            b -> b.bucket(family.bucket()).key(key), RequestBody.fromString(lines.toString()));
  }

  /** What the producer has sent to go on with. */
  static Map<String, Object> rest(AwsFamily family) throws IOException {
    var messages = family.sqs().receiveMessage(b -> b.queueUrl(family.importQueueUrl())).messages();
    return ofImports(family, JSON.readTree(messages.getFirst().body()));
  }

  @Test
  void aPublishHasTheQueryFunctionFetchTheNewSnapshot() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        InvokedLambda lambda = new InvokedLambda();
        HandlerProcess producer =
            start("dev.siltstone.ingest.lambda.ProducerHandler", family, "producer");
        HandlerProcess query = start("dev.siltstone.query.lambda.QueryHandler", family, "query");
        HandlerProcess compactor =
            HandlerProcess.start(
                "dev.siltstone.compactor.lambda.CompactorHandler",
                family,
                folder.resolve("compactor"),
                "open",
                lambda.address())) {
      createCollection(query);
      producer.invoke(queuedAdd("a"));

      assertThat(filesIn(folder.resolve("query"))).isZero();
      compactor.invoke(sqsEvent(family));
      JsonNode invocation = JSON.readTree(lambda.invocations().getFirst());

      assertThat(lambda.invocations()).hasSize(1);
      assertThat(lambda.paths()).containsExactly("/2015-03-31/functions/query%3Alive/invocations");
      assertThat(lambda.types()).containsExactly("Event");
      assertThat(query.invoke(invocation).asInt()).isEqualTo(1);
      assertThat(filesIn(folder.resolve("query/segments"))).as("what a read finds").isPositive();
      compactor.invoke(Map.of("command", "sweep"));
      assertThat(lambda.invocations()).as("nothing was published").hasSize(1);
    }
  }

  private static long filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("/segments/"))
          .count();
    }
  }

  private static Map<String, Object> queuedAdd(String id) {
    return Map.of(
        "collection",
        "rivers",
        "operation",
        "add",
        "ids",
        List.of(id),
        "embeddings",
        List.of(List.of(1, 0)));
  }

  private static JsonNode invokeInTurn(HandlerProcess producer, Map<String, Object> event) {
    synchronized (producer) {
      try {
        return producer.invoke(event);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Operations of all deltas in the log. */
  private static int operations(AwsFamily family, String collection) {
    return family.log().readAfter(CollectionId.parse(collection), Sequence.ZERO, 1_000).stream()
        .mapToInt(entry -> entry instanceof LogEntry.Committed delta ? delta.count() : 0)
        .sum();
  }

  private static void assertNearest(HandlerProcess query, String id) throws IOException {
    JsonNode direct =
        query.invoke(
            Map.of(
                "operation",
                "query",
                "collection",
                "rivers",
                "query_embeddings",
                List.of(List.of(0, 2)),
                "n_results",
                1,
                "include",
                List.of("documents", "distances")));
    assertThat(direct.get("ids").get(0).get(0).asText()).isEqualTo("b");
    assertThat(direct.get("documents").get(0).get(0).asText()).isEqualTo("mud");
    assertThat(direct.get("distances").get(0).get(0).asDouble()).isZero();
    JsonNode got = body(query.invoke(http("POST", COLLECTIONS + "/" + id + "/get", "{}")), 200);
    assertThat(got.get("ids").toString()).isEqualTo("[\"a\",\"b\"]");
  }

  private static void assertDeletesByFilter(HandlerProcess query, String id) throws IOException {
    JsonNode deleted =
        body(
            query.invoke(
                http(
                    "POST",
                    COLLECTIONS + "/" + id + "/delete",
                    "{\"where_document\":{\"$contains\":\"mud\"}}")),
            200);
    assertThat(deleted.get("deleted").asInt()).isEqualTo(1);
    assertThat(count(query)).isEqualTo(1);
  }

  private static String createCollection(HandlerProcess query) throws IOException {
    return body(query.invoke(http("POST", COLLECTIONS, "{\"name\":\"rivers\"}")), 200)
        .get("id")
        .asText();
  }

  private static int count(HandlerProcess query) throws IOException {
    return query.invoke(Map.of("operation", "count", "collection", "rivers")).asInt();
  }

  /** The older snapshot with its tail answers while the newer one is still being fetched. */
  private static void awaitIndexed(HandlerProcess query, int operations) throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (indexed(query) != operations) {
      assertThat(System.nanoTime()).as("gives up at").isLessThan(giveUp);
    }
  }

  private static int indexed(HandlerProcess query) throws IOException {
    return query
        .invoke(Map.of("operation", "indexing_status", "collection", "rivers"))
        .get("num_indexed_ops")
        .asInt();
  }

  /** The queue's messages as an event source hands them to the function. */
  static Map<String, Object> sqsEvent(AwsFamily family) {
    List<Map<String, String>> records = new ArrayList<>();
    for (ReceivedNotice notice : family.queue().receive(10, Duration.ofMinutes(1))) {
      records.add(
          Map.of(
              "messageId",
              "message-" + records.size(),
              "eventSource",
              "aws:sqs",
              "body",
              NoticeMessage.body(notice.notice())));
    }
    assertThat(records).isNotEmpty();
    return Map.of("Records", records);
  }

  /** Messages of the ingest queue, by id, as its event source hands them to the function. */
  static Map<String, Object> queued(Map<String, ?> payloads) {
    return queued("Writes", payloads);
  }

  /** S3's event about an object, as the import queue hands it to the function. */
  static Map<String, Object> dropped(AwsFamily family, String key) {
    var head = family.s3().headObject(b -> b.bucket(family.bucket()).key(key));
    Map<String, Object> object =
        Map.of(
            "key",
            URLEncoder.encode(key, UTF_8),
            "eTag",
            head.eTag().replace("\"", ""),
            "size",
            head.contentLength());
    return ofImports(
        family,
        Map.of(
            "Records",
            List.of(
                Map.of(
                    "eventSource",
                    "aws:s3",
                    "eventName",
                    "ObjectCreated:Put",
                    "s3",
                    Map.of("object", object)))));
  }

  /** A message of the import queue. */
  static Map<String, Object> ofImports(AwsFamily family, Object body) {
    String url = family.importQueueUrl();
    return queued(url.substring(url.lastIndexOf('/') + 1), Map.of("message", body));
  }

  private static Map<String, Object> queued(String queue, Map<String, ?> payloads) {
    List<Map<String, String>> records = new ArrayList<>();
    payloads.forEach((id, payload) ->
        records.add(
            Map.of(
                "messageId",
                id,
                "eventSource",
                "aws:sqs",
                "eventSourceARN",
                "arn:aws:sqs:eu-central-1:111122223333:" + queue,
                "body",
                JSON.valueToTree(payload).toString())));
    return Map.of("Records", records);
  }

  static Map<String, Object> http(String method, String path, String body) {
    return http(method, path, body, Map.of("content-type", "application/json"));
  }

  static Map<String, Object> http(String method, String path, String body, String token) {
    return http(
        method,
        path,
        body,
        Map.of("content-type", "application/json", "authorization", "Bearer " + token));
  }

  private static Map<String, Object> http(
      String method, String path, String body, Map<String, String> headers) {
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
        Map.of("stage", "$default", "http", Map.of("method", method, "path", path)),
        "body",
        body,
        "isBase64Encoded",
        false);
  }

  static JsonNode body(JsonNode response, int status) throws IOException {
    assertThat(response.get("statusCode").asInt()).as(response.toString()).isEqualTo(status);
    String body = response.path("body").asText();
    return body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
  }

  private HandlerProcess start(String handler, AwsFamily family, String name) throws IOException {
    return HandlerProcess.start(handler, family, folder.resolve(name));
  }
}
