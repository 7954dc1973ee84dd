package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON value as plain objects; the factory bounds the depth. */
final class JsonTree {
  private JsonTree() {}

  static @Nullable Object read(JsonParser in, BodyErrors errors) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in, errors);
      case START_ARRAY -> list(in, errors);
      case VALUE_STRING -> errors.wellFormed(in.getText());
      case VALUE_NUMBER_INT ->
          in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) errors.inRange(in.getDoubleValue())
              : (Object) in.getLongValue();
      case VALUE_NUMBER_FLOAT -> errors.inRange(in.getDoubleValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser in, BodyErrors errors)
      throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = errors.wellFormed(in.currentName());
      in.nextToken();
      object.put(name, read(in, errors));
    }
    return object;
  }

  private static List<@Nullable Object> list(JsonParser in, BodyErrors errors) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(in, errors));
    }
    return list;
  }
}
