package dev.siltstone.clients;

import dev.siltstone.api.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a real Chroma server and its answers, one JSON object a line, in the order in which
 * they were made; ids made by the server are shown as {@code <uuid>}.
 */
final class Transcript {
  /** Bodies of answers are cut off here. */
  static final int CUT = 1_800;

  private Transcript() {}

  /**
   * One request with its answer.
   *
   * @param status null where the reference dropped the connection
   */
  record Exchange(
      String label, String method, String path, String body, @Nullable Long status, String answer) {
    boolean wasCutOff() {
      return answer.length() == CUT;
    }
  }

  /** Where the transcript is, if it is here: beside the folder that SILTSTONE_DATA names. */
  static Optional<Path> file() {
    String data = System.getenv("SILTSTONE_DATA");
    return Stream.of(data == null ? "../shared/data" : data, "../../shared/data")
        .map(folder -> Path.of(folder).resolveSibling("chroma-api/transcript.jsonl"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  static List<Exchange> read(Path file) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      exchanges.add(exchange((Map<?, ?>) Objects.requireNonNull(JsonTree.parse(line))));
    }
    return exchanges;
  }

  private static Exchange exchange(Map<?, ?> entry) {
    Object body = entry.get("body");
    return new Exchange(
        text(entry, "label"),
        text(entry, "method"),
        text(entry, "path"),
        body == null ? "" : body instanceof String raw ? raw : JsonTree.text(body),
        entry.get("status") instanceof Long status ? status : null,
        text(entry, "res"));
  }

  private static String text(Map<?, ?> entry, String name) {
    return entry.get(name) instanceof String text ? text : "";
  }
}
