package dev.siltstone.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.Route;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.handlers.GatewayBridge;
import dev.siltstone.processes.ServeProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request to every route, good and bad: each answer is as the description says. */
class DescriptionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TENANTS = "/api/v2/tenants";
  private static final String DATABASES = TENANTS + "/described/databases";
  private static final String COLLECTIONS = DATABASES + "/first/collections";

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void answersOnAPortAreAsDescribed() throws Exception {
    try (ServeProcess server = ServeProcess.start(folder, "--allow-reset")) {
      Exercise exercise = new Exercise(server.uri());
      exercise.run();
      exercise.call("POST", "/api/v2/reset", "");
      assertThat(exercise.api.succeeded()).isEqualTo(supported());
    }
  }

  @Test
  void answersBehindAGatewayAreAsDescribed() throws Exception {
    try (AwsFamily family = AwsFamily.create(AwsServices.emulated());
        GatewayBridge gateway = GatewayBridge.start(family, folder)) {
      Exercise exercise = new Exercise(gateway.uri());
      exercise.run();
      exercise.call("POST", "/api/v2/reset", "");
      Set<Route> expected = supported();
      expected.remove(Route.RESET);
      assertThat(exercise.api.succeeded()).isEqualTo(expected);
    }
  }

  private static Set<Route> supported() {
    Set<Route> supported = EnumSet.allOf(Route.class);
    supported.removeIf(route -> route.area() == Route.Area.UNSUPPORTED);
    return supported;
  }

  private final class Exercise {
    private final URI server;
    private final DescribedApi api;

    Exercise(URI server) throws IOException, InterruptedException {
      this.server = server;
      this.api = DescribedApi.of(client, server);
    }

    void run() throws Exception {
      asksForTheServer();
      asksForNames();
      String id = collection();
      String records = COLLECTIONS + "/" + id;
      asksForTheCollection(id);
      writes(records);
      reads(records);
      asksForWhatIsNotThere(records);
      leaves(records);
    }

    private void asksForTheServer() throws Exception {
      call("GET", "/docs", "");
      for (String path :
          new String[] {"", "/heartbeat", "/version", "/healthcheck", "/pre-flight-checks"}) {
        call("GET", "/api/v2" + path, "");
      }
      call("GET", "/openapi.json", "");
      call("GET", "/api/v2/auth/identity", "");
    }

    private void asksForNames() throws Exception {
      call("POST", TENANTS, "{\"name\":\"described\"}");
      call("POST", TENANTS, "{\"name\":\"described\"}");
      call("POST", TENANTS, "{\"name\":1}");
      call("GET", TENANTS + "/described", "");
      call("GET", TENANTS + "/nobody", "");
      call("PATCH", TENANTS + "/described", "{\"resource_name\":\"r\"}");
      call("POST", DATABASES, "{\"name\":\"first\"}");
      call("POST", DATABASES, "{\"name\":\"second\"}");
      call("POST", DATABASES, "{\"name\":\"..\"}");
      call("GET", DATABASES, "");
      call("GET", DATABASES + "/first", "");
      call("DELETE", DATABASES + "/second", "");
      call("DELETE", DATABASES + "/second", "");
    }

    private String collection() throws Exception {
      String made =
          call(
              "POST",
              COLLECTIONS,
              "{\"name\":\"rivers\",\"metadata\":{\"a\":1,\"b\":[\"x\"]},\"configuration\":"
                  + "{\"hnsw\":{\"space\":\"cosine\"},\"embedding_function\":{\"type\":\"known\","
                  + "\"name\":\"n\",\"config\":{}}}}");
      call("POST", COLLECTIONS, "{\"name\":\"rivers\"}");
      call("POST", COLLECTIONS, "{\"name\":\"x\"}");
      call("POST", COLLECTIONS, "{");
      return JSON.readTree(made).get("id").textValue();
    }

    private void asksForTheCollection(String id) throws Exception {
      call("GET", COLLECTIONS, "");
      call("GET", DATABASES + "/first/collections_count", "");
      call("GET", COLLECTIONS + "/rivers", "");
      call("GET", COLLECTIONS + "/by-id/" + id, "");
      call("GET", "/api/v2/collections/described:first:rivers", "");
      call("GET", COLLECTIONS + "/lakes", "");
      call("PUT", COLLECTIONS + "/" + id, "{\"new_metadata\":{\"c\":true}}");
      call("PUT", COLLECTIONS + "/" + id, "{\"new_metadata\":{}}");
    }

    private void writes(String records) throws Exception {
      call(
          "POST",
          records + "/add",
          "{\"ids\":[\"a\",\"b\"],\"embeddings\":[[1,2],[0,1]],\"documents\":[\"silt\",null],"
              + "\"metadatas\":[{\"k\":1,\"l\":[1,2]},null],\"uris\":[\"u\",null]}");
      call("POST", records + "/add", "{\"ids\":[\"c\"],\"embeddings\":[[1]]}");
      call("POST", records + "/add", "{\"ids\":[]}");
      call(
          "POST",
          records + "/upsert",
          "{\"ids\":[\"b\",\"c\"],\"embeddings\":[\"AACAPwAAgD8=\",\"AACAPwAAgD8=\"]}");
      call("POST", records + "/update", "{\"ids\":[\"b\"],\"metadatas\":[{\"k\":2.5}]}");
      call("POST", records + "/delete", "{\"ids\":[\"c\"]}");
      call("POST", records + "/delete", "{\"limit\":1}");
    }

    private void reads(String records) throws Exception {
      call("POST", records + "/get", "{}");
      call(
          "POST",
          records + "/get",
          "{\"where\":{\"k\":{\"$gte\":1}},\"include\":[\"embeddings\",\"uris\"]}");
      call("POST", records + "/get", "{\"where\":{}}");
      call("POST", records + "/query", "{\"query_embeddings\":[[1,2],[2,1]],\"n_results\":5}");
      call("POST", records + "/query", "{\"query_embeddings\":[[1]]}");
      call(
          "POST",
          records + "/search",
          "{\"searches\":[{\"rank\":{\"$knn\":{\"query\":[1,2]}},\"select\":{\"keys\":"
              + "[\"#document\",\"#score\",\"k\"]}},{}]}");
      call(
          "POST",
          records + "/search",
          "{\"searches\":[{\"rank\":{\"$knn\":{\"query\":\"x\",\"key\":\"s\"}}}]}");
      call("GET", records + "/count", "");
      call("GET", records + "/indexing_status", "");
    }

    private void asksForWhatIsNotThere(String records) throws Exception {
      call("POST", records + "/fork", "{\"new_name\":\"x\"}");
      call("GET", records + "/fork_count", "");
      call("POST", records + "/functions/attach", "{}");
      call("GET", records + "/functions/f", "");
      call("POST", records + "/attached_functions/f/detach", "{}");
      call("POST", COLLECTIONS + "/00000000-0000-4000-8000-000000000000/get", "{}");
      call("GET", COLLECTIONS + "/%ff/count", "");
    }

    private void leaves(String records) throws Exception {
      call("DELETE", COLLECTIONS + "/rivers", "");
      call("GET", records + "/count", "");
    }

    String call(String method, String path, String body) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(path))
              .header("content-type", "application/json")
              .header("x-siltstone-measure", "on")
              .method(method, BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      api.check(method, path, body, answer);
      return answer.body();
    }
  }
}
