package dev.siltstone.query.admin;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.json.BodyReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body with one string that must be there. */
final class NamedBody {
  private final BodyReader in;
  private final String field;
  private @Nullable String value;

  private NamedBody(BodyReader in, String field) {
    this.in = in;
    this.field = field;
  }

  /** The value of {@code field}; {@code type} names the body in refusals. */
  static String read(ApiRequest request, String type, String field) {
    return BodyReader.read(request.jsonBody(), in -> new NamedBody(in, field).read(type));
  }

  private String read(String type) throws IOException {
    in.fields(type, this::readField);
    if (value == null) {
      throw in.errors().missingField(field);
    }
    return value;
  }

  private boolean readField(String name) throws IOException {
    if (!name.equals(field)) {
      return false;
    }
    value = in.string();
    return true;
  }
}
