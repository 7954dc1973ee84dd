package dev.siltstone.query.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.api.AnswerRoom;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.json.BoundedBytes;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.util.List;

/** Answers of status 200. */
final class Answers {
  private Answers() {}

  /** Writes one element of a list. */
  interface Element<T> {
    void write(JsonGenerator out, T element) throws IOException;
  }

  static ApiResponse ok(Json.Writing writing) {
    return ApiResponse.json(200, Json.bytes(writing));
  }

  /** {@code {}}. */
  static ApiResponse done() {
    return ok(out -> {
      out.writeStartObject();
      out.writeEndObject();
    });
  }

  /** A list, or a 413 if it is over the deployment's limit. */
  static <T> ApiResponse list(AdminSettings settings, List<T> elements, Element<T> element) {
    byte[] json =
        BoundedBytes.of(
            settings.maxAnswerBytes(),
            out -> {
              out.writeStartArray();
              for (T each : elements) {
                element.write(out, each);
              }
              out.writeEndArray();
            },
            "The answer is over the limit of %d bytes: ask for fewer with limit and offset"
                .formatted(settings.maxAnswerBytes()),
            AnswerRoom.NOT_COUNTED);
    return ApiResponse.json(200, json);
  }
}
