package dev.siltstone.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.handlers.GatewayBridge;
import dev.siltstone.processes.ServeProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit is refused in words of its own. */
class LimitsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int WIDEST = 16_384;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void ofAPort() throws Exception {
    try (ServeProcess server = ServeProcess.start(folder)) {
      Limits limits = new Limits(server.uri());
      limits.ofRequests();
      limits.ofAnInflatedBody(41 << 20, "Payload too large: the limit is 41943040 bytes");
      assertThat(limits.batchSize()).isEqualTo(5_461);
    }
  }

  @Test
  void ofAGateway() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        GatewayBridge gateway = GatewayBridge.start(family, folder)) {
      Limits limits = new Limits(gateway.uri());
      limits.ofRequests();
      limits.ofAnInflatedBody(25 << 20, "The inflated body is over the limit of 25165824 bytes");
      limits.advertisesABatchThatFitsTheWidestEmbeddings();
      limits.ofAnswers();
    }
  }

  private final class Limits {
    private final URI server;
    private final String records;

    Limits(URI server) throws Exception {
      this.server = server;
      this.records = collection("limits");
      accepts(records + "/add", "{\"ids\":[\"a\"],\"embeddings\":[[1,2]],\"documents\":[\"x\"]}");
    }

    void ofRequests() throws Exception {
      refuses(
          "/update",
          changes(ids(50_001)),
          400,
          "A batch of 50001 records is over the limit of 50000");
      refuses(
          "/update",
          changes("\"" + "i".repeat(4_097) + "\""),
          400,
          "An id has 4097 characters; the limit is");
      refuses(
          "/add",
          "{\"ids\":[\"b\"],\"embeddings\":[[%s]]}".formatted("1,".repeat(WIDEST) + "1"),
          400,
          "An embedding has 16385 values");
      refuses(
          "/get",
          where("{\"$and\":[".repeat(64), "]}".repeat(64)),
          400,
          "nested deeper than 128 levels");
      refuses("/get", "[".repeat(200) + "]".repeat(200), 422, "expected");
      refuses("/get", "{\"limit\":" + "9".repeat(1_001) + "}", 400, "more than 1000 digits");
      refuses("/get", "{\"" + "n".repeat(65_537) + "\":1}", 400, "a name of more than 65536");
      refuses("/get", regex("x".repeat(1_001)), 400, "Regex too long: 1001 characters");
      refuses("/get", regex("x{1001}"), 400, "Regex syntax");
      refuses("/get", regex("(x{0,70}){0,70}"), 400, "Regex too large: it compiles to");
      refuses(
          "/search",
          "{\"searches\":[%s]}".formatted(String.join(",", Collections.nCopies(101, "{}"))),
          422,
          "more than 100 searches in one request");
      String knn = "{\"$knn\":{\"query\":[1,2]}}";
      refuses(
          "/search",
          "{\"searches\":[{\"rank\":{\"$sum\":[%s]}}]}"
              .formatted(String.join(",", Collections.nCopies(33, knn))),
          422,
          "more than 32 $knn in one search");
      refuses(
          "/search",
          "{\"searches\":[%s]}"
              .formatted(
                  String.join(
                      ",",
                      Collections.nCopies(
                          11, "{\"rank\":{\"$sum\":[%s]}}".formatted(many(knn, 32))))),
          422,
          "more than 320 $knn in one request");
      refuses(
          "/search",
          "{\"searches\":[{\"rank\":{\"$sum\":[%s,%s]}}]}"
              .formatted(knn, many("{\"$val\":1}", 10_000)),
          422,
          "more than 10000 operations in one request");
      broadFilters();
      slowExpressions();
    }

    private void broadFilters() throws Exception {
      String condition = "{\"k\":1}";
      String text = "{\"$contains\":\"x\"}";
      for (String route : new String[] {"/get", "/delete", "/query", "/search"}) {
        refuses(
            route,
            filtered(route, "\"where\":{\"$or\":[%s]}".formatted(many(condition, 100_000))),
            400,
            "more than 2000 conditions in one request");
        refuses(
            route,
            filtered(route, "\"where\":{\"k\":{\"$in\":[%s]}}".formatted(many("1", 100_001))),
            400,
            "more than 100000 values of $in and $nin");
        refuses(
            route, filtered(route, "\"ids\":[%s]".formatted(ids(100_001))), 400, "Too many ids");
        refuses(
            route,
            filtered(
                route,
                "\"where\":%s%s%s".formatted("{\"$and\":[".repeat(65), condition, "]}".repeat(65))),
            400,
            "nested");
        if (!route.equals("/search")) {
          refuses(
              route,
              filtered(route, "\"where_document\":{\"$and\":[%s]}".formatted(many(text, 100_000))),
              400,
              "more than 100 conditions on documents");
        }
      }
      refuses(
          "/query",
          "{\"query_embeddings\":[%s]}".formatted(many("[1,2]", 10_001)),
          413,
          "10001 queries are over the limit of 10000");
    }

    /** A body for a route with one of the ways to choose records. */
    private String filtered(String route, String filter) {
      return switch (route) {
        case "/query" -> "{\"query_embeddings\":[[1,2]],%s}".formatted(filter);
        case "/search" ->
            "{\"searches\":[{\"filter\":{%s}}]}"
                .formatted(
                    filter
                        .replace("\"where\":", "\"where_clause\":")
                        .replace("\"ids\":", "\"query_ids\":"));
        default -> "{%s}".formatted(filter);
      };
    }

    /** Ten times the work that is allowed, on a machine that takes 30 ns for a step. */
    private void slowExpressions() throws Exception {
      int count = 400;
      String document = '"' + "x".repeat(2_500) + '"';
      accepts(
          records + "/upsert",
          "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s]}"
              .formatted(ids(count), many("[1,2]", count), many(document, count)));
      refuses(
          "/get",
          regex("(x?){60}(x?){60}(x?){60}(x?){60}y"),
          400,
          "Conditions on documents too expensive");
    }

    void ofAnInflatedBody(int bytes, String message) throws Exception {
      for (String route : new String[] {"/add", "/get"}) {
        HttpRequest request =
            HttpRequest.newBuilder(server.resolve(records + route))
                .header("content-encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(new byte[bytes])))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertRefused(answer, 413, message);
      }
    }

    int batchSize() throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/api/v2/pre-flight-checks")).build();
      String checks = client.send(request, BodyHandlers.ofString()).body();
      return JSON.readTree(checks).get("max_batch_size").intValue();
    }

    void advertisesABatchThatFitsTheWidestEmbeddings() throws Exception {
      int size = batchSize();
      assertThat(size).isBetween(50, 100);
      String embedding = Base64.getEncoder().encodeToString(new byte[WIDEST * Float.BYTES]);
      String body =
          "{\"ids\":[%s],\"embeddings\":[%s],\"documents\":[%s]}"
              .formatted(
                  ids(size),
                  String.join(",", Collections.nCopies(size, '"' + embedding + '"')),
                  String.join(",", Collections.nCopies(size, '"' + "d".repeat(1_500) + '"')));
      accepts(collection("widest") + "/add", body);
    }

    void ofAnswers() throws Exception {
      String large = collection("answers");
      for (int i = 0; i < 3; i++) {
        accepts(
            large + "/add",
            "{\"ids\":[\"%d\"],\"embeddings\":[[1,2]],\"documents\":[\"%s\"]}"
                .formatted(i, "d".repeat(2_000_000)));
      }
      assertRefused(post(large + "/get", "{}"), 413, "ask for fewer records with limit and offset");
      assertRefused(
          post(large + "/query", "{\"query_embeddings\":[[1,2]]}"), 413, "include fewer fields");
      String documents = "{\"limit\":{\"limit\":%d},\"select\":{\"keys\":[\"#document\"]}}";
      assertRefused(
          post(large + "/search", "{\"searches\":[%s]}".formatted(documents.formatted(3))),
          413,
          "ask for fewer records with limit and offset");
      assertRefused(
          post(large + "/search", "{\"searches\":[%s]}".formatted(many(documents.formatted(1), 3))),
          413,
          "ask for fewer records with limit and offset");
      accepts(large + "/search", "{\"searches\":[%s]}".formatted(many(documents.formatted(1), 2)));
      accepts(large + "/get", "{\"limit\":2}");
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(large + "/get"))
              .header("accept-encoding", "gzip")
              .POST(BodyPublishers.ofString("{\"limit\":2}"))
              .build();
      HttpResponse<byte[]> zipped = client.send(request, BodyHandlers.ofByteArray());
      assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
      assertThat(zipped.body()).hasSizeLessThan(100_000);
      try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
        assertThat(JSON.readTree(in).get("ids")).hasSize(2);
      }
    }

    private String collection(String name) throws Exception {
      String made = accepts(COLLECTIONS, "{\"name\":\"" + name + "\"}");
      return COLLECTIONS + "/" + JSON.readTree(made).get("id").textValue();
    }

    private void refuses(String route, String body, int status, String message) throws Exception {
      assertRefused(post(records + route, body), status, message);
    }

    private String accepts(String path, String body) throws Exception {
      HttpResponse<String> answer = post(path, body);
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
      return answer.body();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(path))
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String message)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).get("message").textValue()).contains(message);
  }

  private static String many(String element, int count) {
    return String.join(",", Collections.nCopies(count, element));
  }

  private static String changes(String ids) {
    return "{\"ids\":[%s]}".formatted(ids);
  }

  private static String ids(int count) {
    StringBuilder ids = new StringBuilder("\"0\"");
    for (int i = 1; i < count; i++) {
      ids.append(",\"").append(i).append('"');
    }
    return ids.toString();
  }

  private static String where(String open, String close) {
    return "{\"where\":" + open + "{\"k\":1}" + close + "}";
  }

  private static String regex(String pattern) {
    return "{\"where_document\":{\"$regex\":\"" + pattern + "\"}}";
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
