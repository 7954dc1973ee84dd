package dev.siltstone.query.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siltstone.api.Route.Area;
import dev.siltstone.api.Router;
import dev.siltstone.api.Routing;
import dev.siltstone.api.json.JsonTree;
import dev.siltstone.query.admin.AdminServer.Answer;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real Chroma server answered to the same requests, as far as they are about administration:
 * status, error name and body are the same, but for ids, clocks and the differences listed here.
 */
class TranscriptReplayTest {
  /** Where we differ on purpose. */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "coll put name clash", "a taken name is a conflict, not a 500 with the store's own words",
          "crn", "the reference drops the connection",
          "attach fn", "501 in our own words");

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @Test
  void answersAsTheReferenceDid(@TempDir Path folder) throws IOException {
    Path transcript = transcript().orElse(null);
    assumeTrue(transcript != null, "the transcript is not here; see SILTSTONE_DATA");
    List<String> differing = new ArrayList<>();
    int replayed = 0;
    try (AdminServer server = new AdminServer(folder, Reset.ALLOWED)) {
      Replay replay = new Replay(server);
      for (String line : Files.readAllLines(Objects.requireNonNull(transcript))) {
        Map<?, ?> entry = (Map<?, ?>) Objects.requireNonNull(JsonTree.parse(line));
        if (isAdministration(entry)) {
          replayed++;
          replay.difference(entry).ifPresent(differing::add);
        }
      }
    }
    assertThat(replayed).isGreaterThan(80);
    assertThat(differing).isEmpty();
  }

  private static boolean isAdministration(Map<?, ?> entry) {
    String path = text(entry, "path").split("\\?", 2)[0];
    String method = text(entry, "method");
    return !(new Router().route(method, path) instanceof Routing.Matched(var match))
        || match.route().area() != Area.RECORDS;
  }

  private static String text(Map<?, ?> entry, String name) {
    return entry.get(name) instanceof String text ? text : "";
  }

  private static Optional<Path> transcript() {
    String data = System.getenv("SILTSTONE_DATA");
    return Stream.of(data == null ? "../shared/data" : data, "../../shared/data")
        .map(folder -> Path.of(folder).resolveSibling("chroma-api/transcript.jsonl"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static final class Replay {
    private static final String UNKNOWN_ID = "01890000-0000-7000-8000-000000000000";

    private static final int CUT = 1_800;

    private final AdminServer server;
    private String lastId = UNKNOWN_ID;

    Replay(AdminServer server) {
      this.server = server;
    }

    Optional<String> difference(Map<?, ?> entry) {
      String label = text(entry, "label");
      Answer answer = send(label, entry);
      rememberId(answer);
      if (DIFFERENCES.containsKey(label)) {
        return Optional.empty();
      }
      boolean same =
          Objects.equals(entry.get("status"), (long) answer.status())
              && sameBody(text(entry, "res"), answer.text());
      return same
          ? Optional.empty()
          : Optional.of(
              "%s %s %s%n  expected %s %s%n  answered %d %s"
                  .formatted(
                      label,
                      entry.get("method"),
                      entry.get("path"),
                      entry.get("status"),
                      entry.get("res"),
                      answer.status(),
                      answer.text()));
    }

    private Answer send(String label, Map<?, ?> entry) {
      String id = label.endsWith("404") ? UNKNOWN_ID : lastId;
      String path = text(entry, "path").replace("<uuid>", id);
      Object body = entry.get("body");
      String text = body == null ? "" : body instanceof String raw ? raw : JsonTree.text(body);
      return server.send(text(entry, "method"), path, text);
    }

    private void rememberId(Answer answer) {
      if (answer.status() == 200
          && answer.json() instanceof Map<?, ?> object
          && object.get("id") instanceof String id) {
        lastId = id;
      }
    }

    /** Long bodies are cut off in the transcript; of those only the status counts. */
    private static boolean sameBody(String expected, String answered) {
      return expected.length() == CUT || normalised(expected).equals(normalised(answered));
    }

    private static Object normalised(String body) {
      String text = body.replaceAll(UUID, "<uuid>").replaceAll("(heartbeat\":)\\d+", "$10");
      Object tree = text.isEmpty() ? null : JsonTree.parse(text);
      return tree == null ? text : tree;
    }
  }
}
