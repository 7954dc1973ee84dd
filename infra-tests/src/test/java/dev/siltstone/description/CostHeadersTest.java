package dev.siltstone.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.handlers.GatewayBridge;
import dev.siltstone.processes.ServeProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request costs, as its answer says. */
class CostHeadersTest {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void aPortSaysWhatAWriteAndAQueryCost() throws Exception {
    try (ServeProcess server = ServeProcess.start(folder)) {
      String records = collection(server.uri());
      HttpResponse<String> write = write(server.uri(), records);
      assertThat(cost(write)).contains("File.Create=1", "Sqlite.Write=");
      assertThat(timing(write)).matches("parse;.*, log;.*, embed;.*, write;.*, total;dur=\\S+");
      HttpResponse<String> query = query(server.uri(), records, "on");
      assertThat(cost(query)).contains("File.Read=1", "Sqlite.Read=");
      assertThat(timing(query)).matches("parse;.*, log;.*, search;.*, hydrate;.*, total;dur=\\S+");
      HttpResponse<String> unasked = query(server.uri(), records, "off");
      assertThat(unasked.headers().map()).doesNotContainKeys("server-timing", "x-siltstone-cost");
    }
  }

  @Test
  void theFunctionsSayWhatAWriteAndAQueryCost() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        GatewayBridge gateway = GatewayBridge.start(family, folder)) {
      String records = collection(gateway.uri());
      for (int known = 0; known < 2; known++) {
        var _ = write(gateway.uri(), records);
      }
      assertThat(cost(write(gateway.uri(), records)))
          .startsWith(
              "DynamoDb.PutItem=1, DynamoDb.UpdateItem=1, S3.PutObject=1, Sqs.SendMessage=1, ");
      assertThat(cost(query(gateway.uri(), records, "on")))
          .contains("DynamoDb.BatchGetItem=1", "DynamoDb.Query=1", "S3.GetObject=3")
          .doesNotEndWith("bytes=0");
      assertThat(cost(query(gateway.uri(), records, "on")))
          .startsWith("DynamoDb.BatchGetItem=1, bytes=");
    }
  }

  private String collection(URI server) throws Exception {
    String made = send(server, COLLECTIONS, "{\"name\":\"costs\"}", "off").body();
    return COLLECTIONS + "/" + new ObjectMapper().readTree(made).get("id").textValue();
  }

  private HttpResponse<String> write(URI server, String records) throws Exception {
    return send(server, records + "/upsert", "{\"ids\":[\"a\"],\"embeddings\":[[1,2]]}", "on");
  }

  private HttpResponse<String> query(URI server, String records, String measure) throws Exception {
    return send(server, records + "/query", "{\"query_embeddings\":[[1,2]]}", measure);
  }

  private static String cost(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-siltstone-cost").orElseThrow();
  }

  private static String timing(HttpResponse<String> answer) {
    return answer.headers().firstValue("server-timing").orElseThrow();
  }

  private HttpResponse<String> send(URI server, String path, String body, String measure)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("x-siltstone-measure", measure)
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
