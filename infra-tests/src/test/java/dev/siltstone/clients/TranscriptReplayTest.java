package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siltstone.api.json.JsonTree;
import dev.siltstone.clients.Transcript.Exchange;
import dev.siltstone.description.DescribedApi;
import dev.siltstone.processes.ServeProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real Chroma server answered to the same requests in the same order: status, error name and
 * body are the same, but for ids, clocks and the differences listed here. Each answer is also as
 * the server's own description says.
 */
class TranscriptReplayTest {
  /** Where we differ on purpose, by label. */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "crn", "the reference drops the connection",
          "coll put name clash", "a taken name is a conflict, not a 500 with the store's own words",
          "query n", "three records at the same distance; we answer in order of insertion",
          "query ids miss", "the reference fails on an unknown id; no such record is no result",
          "indexing_status", "the reference does not serve it",
          "search", "the reference does not serve it",
          "attach fn", "501 in our own words");

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @Test
  void answersAsTheReferenceDid(@TempDir Path data) throws Exception {
    Path file = Transcript.file().orElse(null);
    assumeTrue(file != null, "the transcript is not here; see SILTSTONE_DATA");
    List<Exchange> exchanges = Transcript.read(Objects.requireNonNull(file));
    List<String> differing = new ArrayList<>();
    try (ServeProcess server = ServeProcess.start(data, "--allow-reset")) {
      HttpClient client = HttpClient.newHttpClient();
      Replay replay = new Replay(client, DescribedApi.of(client, server.uri()), server.uri());
      for (Exchange exchange : exchanges) {
        replay.difference(exchange).ifPresent(differing::add);
      }
    }
    System.out.printf(
        "replayed %d exchanges, %d differ on purpose%n", exchanges.size(), DIFFERENCES.size());
    assertThat(exchanges).hasSizeGreaterThan(200);
    assertThat(differing).isEmpty();
  }

  private static final class Replay {
    private static final String UNKNOWN_ID = "01890000-0000-7000-8000-000000000000";

    /** These name no collection that was ever there. */
    private static final Set<String> OF_NO_COLLECTION =
        Set.of("coll 404", "coll put 404", "add bad coll");

    /** From here on the requests go to the records' collection again. */
    private static final String BACK_TO_RECORDS = "del ids";

    private final HttpClient client;
    private final DescribedApi described;
    private final URI base;
    private String records = UNKNOWN_ID;
    private String latest = UNKNOWN_ID;

    Replay(HttpClient client, DescribedApi described, URI base) {
      this.client = client;
      this.described = described;
      this.base = base;
    }

    Optional<String> difference(Exchange exchange) throws Exception {
      HttpResponse<String> answer = send(exchange);
      rememberId(exchange.label(), answer);
      if (DIFFERENCES.containsKey(exchange.label()) || isSame(exchange, answer)) {
        return Optional.empty();
      }
      return Optional.of(
          "%s %s %s %s%n  expected %s %s%n  answered %d %s"
              .formatted(
                  exchange.label(),
                  exchange.method(),
                  exchange.path(),
                  exchange.body(),
                  exchange.status(),
                  exchange.answer(),
                  answer.statusCode(),
                  answer.body()));
    }

    private HttpResponse<String> send(Exchange exchange) throws Exception {
      if (exchange.label().equals(BACK_TO_RECORDS)) {
        latest = records;
      }
      String id = OF_NO_COLLECTION.contains(exchange.label()) ? UNKNOWN_ID : latest;
      URI uri = base.resolve(exchange.path().replace("<uuid>", id));
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .method(exchange.method(), BodyPublishers.ofString(exchange.body()))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      described.check(exchange.method(), uri.getRawPath(), exchange.body(), answer);
      return answer;
    }

    private void rememberId(String label, HttpResponse<String> answer) {
      if (answer.statusCode() == 200
          && answer.body().startsWith("{")
          && JsonTree.parse(answer.body()) instanceof Map<?, ?> object
          && object.get("id") instanceof String id) {
        latest = id;
        records = label.equals("c") ? id : records;
      }
    }

    /** Of bodies that are cut off in the transcript only the status counts. */
    private static boolean isSame(Exchange exchange, HttpResponse<String> answer) {
      return Objects.equals(exchange.status(), (long) answer.statusCode())
          && (exchange.wasCutOff()
              || normalised(exchange.answer()).equals(normalised(answer.body())));
    }

    private static Object normalised(String body) {
      String text = body.replaceAll(UUID, "<uuid>").replaceAll("(heartbeat\":)\\d+", "$10");
      Object tree = text.isEmpty() ? null : JsonTree.parse(text);
      return tree == null ? text : tree;
    }
  }
}
