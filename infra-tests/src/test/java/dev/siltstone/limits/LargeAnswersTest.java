package dev.siltstone.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.contract.Race;
import dev.siltstone.processes.ServeProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large answers at once, together much larger than the heap. */
class LargeAnswersTest {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int CLIENTS = 16;
  private static final int RECORDS = 14;
  private static final int DOCUMENT = 1_000_000;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void waitForEachOther() throws Exception {
    try (ServeProcess server = ServeProcess.start(List.of("-Xmx256m"), folder)) {
      String made = post(server.uri(), COLLECTIONS, "{\"name\":\"large\"}").body();
      String records = COLLECTIONS + "/" + new ObjectMapper().readTree(made).get("id").textValue();
      for (int i = 0; i < RECORDS; i++) {
        String body =
            "{\"ids\":[\"%d\"],\"embeddings\":[[1]],\"documents\":[\"%s\"]}"
                .formatted(i, "d".repeat(DOCUMENT));
        assertThat(post(server.uri(), records + "/add", body).statusCode()).isEqualTo(201);
      }
      assertThat(Race.of(CLIENTS, _ -> post(server.uri(), records + "/get", "{}")))
          .allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).hasSizeGreaterThan(RECORDS * DOCUMENT);
          });
    }
  }

  private HttpResponse<String> post(URI server, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
