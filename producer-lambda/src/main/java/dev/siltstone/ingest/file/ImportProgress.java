package dev.siltstone.ingest.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.json.Json;
import java.io.IOException;

/**
 * How far the import of a file has come.
 *
 * @param offset where the next part begins, in bytes of the file's text
 * @param part number of the next part
 * @param lines before it
 * @param operations in them, all applied
 */
public record ImportProgress(DroppedFile file, long offset, int part, long lines, long operations) {
  /** The field that marks a message as one of these. */
  public static final String FIELD = "import";

  /** Of a file that nobody has looked at. */
  public static ImportProgress of(DroppedFile file) {
    return new ImportProgress(file, 0, 0, 0, 0);
  }

  ImportProgress after(FilePart written) {
    return new ImportProgress(
        file,
        offset + written.bytes(),
        part + 1,
        lines + written.lines(),
        operations + written.batch().size());
  }

  /** As a message, or in a report. */
  public byte[] json() {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeObjectFieldStart(FIELD);
      write(out);
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  void write(JsonGenerator out) throws IOException {
    out.writeStringField("key", file.key());
    out.writeStringField("etag", file.etag());
    out.writeNumberField("size", file.size());
    out.writeNumberField("offset", offset);
    out.writeNumberField("part", part);
    out.writeNumberField("lines", lines);
    out.writeNumberField("operations", operations);
  }

  /** From the fields that {@link #write} wrote. */
  public static ImportProgress read(JsonNode from) {
    return new ImportProgress(
        new DroppedFile(
            from.path("key").asText(), from.path("etag").asText(), from.path("size").asLong()),
        from.path("offset").asLong(),
        from.path("part").asInt(),
        from.path("lines").asLong(),
        from.path("operations").asLong());
  }
}
