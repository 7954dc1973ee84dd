package dev.siltstone.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collection is renamed, deleted and created again under its name while others write to it: an
 * acknowledged write is in the collection it was sent to, or that one is gone; never in another.
 */
class RecreatedCollectionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final String NAME = "hot";
  private static final int WRITERS = 6;
  private static final int ROUNDS = 40;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean goesOn = new AtomicBoolean(true);

  /** To which collection a record was sent, before it was. */
  private final Map<String, String> sent = new ConcurrentHashMap<>();

  /** To which collection a record was acknowledged. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  @TempDir private Path data;

  @Test
  void noWriteEndsUpInTheNextCollectionOfTheName() throws Exception {
    try (ServeProcess server = ServeProcess.start(data);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(new Writer(server.uri(), "w" + i + "-")));
      }
      List<String> dropped = new ArrayList<>();
      String last;
      try {
        last = recreate(server.uri(), dropped);
      } finally {
        goesOn.set(false);
      }
      int missed = 0;
      for (Future<Integer> writer : writers) {
        missed += writer.get();
      }
      requireOnlyWhatWasSentTo(last, ids(server.uri(), last));
      requireAcknowledged(server.uri(), last);
      for (String id : dropped) {
        assertThat(send(server.uri(), "POST", "/" + id + "/get", "{}").statusCode()).isEqualTo(404);
        assertThat(send(server.uri(), "POST", "/" + id + "/add", one("late")).statusCode())
            .isEqualTo(404);
      }
      System.out.printf(
          "%d collections in turn, %d writes acknowledged, %d met none%n",
          dropped.size() + 1, acknowledged.size(), missed);
      assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
    }
  }

  /** Renames there and back, deletes and creates, by turns; returns the id of the last one. */
  private String recreate(URI server, List<String> dropped) throws Exception {
    String id = create(server);
    for (int round = 0; round < ROUNDS; round++) {
      awaitAcknowledged(id);
      if (round % 2 == 0) {
        rename(server, id, "cold");
        assertThat(send(server, "GET", "/" + NAME, "").statusCode()).isEqualTo(404);
        rename(server, id, NAME);
      } else {
        requireOnlyWhatWasSentTo(id, ids(server, id));
        assertThat(send(server, "DELETE", "/" + NAME, "").statusCode()).isEqualTo(200);
        dropped.add(id);
        id = create(server);
        assertThat(dropped).doesNotContain(id);
      }
    }
    awaitAcknowledged(id);
    return id;
  }

  /** So that there is something to lose. */
  private void awaitAcknowledged(String id) {
    while (!acknowledged.containsValue(id)) {
      Thread.onSpinWait();
    }
  }

  private String create(URI server) throws Exception {
    HttpResponse<String> made = send(server, "POST", "", "{\"name\":\"" + NAME + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return JSON.readTree(made.body()).get("id").textValue();
  }

  private void rename(URI server, String id, String name) throws Exception {
    HttpResponse<String> renamed = send(server, "PUT", "/" + id, "{\"new_name\":\"" + name + "\"}");
    assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
  }

  private Set<String> ids(URI server, String collection) throws Exception {
    HttpResponse<String> got = send(server, "POST", "/" + collection + "/get", "{\"include\":[]}");
    assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
    Set<String> ids = new TreeSet<>();
    JSON.readTree(got.body()).get("ids").forEach(id -> ids.add(id.textValue()));
    return ids;
  }

  private void requireOnlyWhatWasSentTo(String collection, Set<String> ids) {
    assertThat(ids).allSatisfy(id -> assertThat(sent).containsEntry(id, collection));
  }

  private void requireAcknowledged(URI server, String last) throws Exception {
    Set<String> there = ids(server, last);
    acknowledged.forEach((id, collection) -> {
      if (collection.equals(last)) {
        assertThat(there).contains(id);
      }
    });
  }

  private static String one(String id) {
    return "{\"ids\":[\"%s\"],\"embeddings\":[[1,2]]}".formatted(id);
  }

  /** Looks for the collection by its name and adds to what it finds; how often that was gone. */
  private final class Writer implements Callable<Integer> {
    private final URI server;
    private final String prefix;

    Writer(URI server, String prefix) {
      this.server = server;
      this.prefix = prefix;
    }

    @Override
    public Integer call() throws Exception {
      int missed = 0;
      for (int i = 0; goesOn.get(); i++) {
        Optional<String> found = find();
        if (found.isEmpty() || !add(found.get(), prefix + i)) {
          missed++;
        }
      }
      return missed;
    }

    private Optional<String> find() throws IOException, InterruptedException {
      HttpResponse<String> found = send(server, "GET", "/" + NAME, "");
      assertThat(found.statusCode()).as(found.body()).isIn(200, 404);
      JsonNode body = JSON.readTree(found.body());
      return Optional.ofNullable(body.get("id")).map(JsonNode::textValue);
    }

    private boolean add(String collection, String id) throws IOException, InterruptedException {
      sent.put(id, collection);
      HttpResponse<String> answer = send(server, "POST", "/" + collection + "/add", one(id));
      assertThat(answer.statusCode()).as(answer.body()).isIn(201, 404);
      if (answer.statusCode() == 201) {
        acknowledged.put(id, collection);
      }
      return answer.statusCode() == 201;
    }
  }

  private HttpResponse<String> send(URI server, String method, String below, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(COLLECTIONS + below))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
