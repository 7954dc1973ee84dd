package dev.siltstone.ingest.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the import of a file ended, for people and for whoever meets the file again.
 *
 * @param reached what stands: all lines before it are applied, none after it is
 * @param refused why it did not go on; null if there was nothing left
 */
record ImportReport(ImportProgress reached, @Nullable String refused, Instant at) {
  private static final ObjectMapper JSON = new ObjectMapper(Json.FACTORY);

  boolean isComplete() {
    return refused == null;
  }

  byte[] json() {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("outcome", isComplete() ? "imported" : "refused");
      if (refused != null) {
        out.writeStringField("error", refused);
      }
      out.writeStringField("at", at.toString());
      reached.write(out);
      out.writeEndObject();
    });
  }

  static ImportReport read(byte[] json) {
    try {
      JsonNode report = JSON.readTree(json);
      return new ImportReport(
          ImportProgress.read(report),
          report.path("outcome").asText().equals("imported") ? null : report.path("error").asText(),
          Instant.parse(report.path("at").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException("the report is no JSON", e);
    }
  }
}
