package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value as plain objects: Map (in order), List, String, Long, Double, Boolean and null. An
 * integer beyond 64 bits is a Double; the factory bounds the depth.
 */
public final class JsonTree {
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

  /**
   * Reads JSON that was written by {@link #text}.
   *
   * @throws CorruptDataException if the text is not JSON
   */
  public static @Nullable Object parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      parser.nextToken();
      return read(parser, new BodyErrors(bytes, parser));
    } catch (IOException | InvalidRequestException e) {
      throw new CorruptDataException("stored JSON cannot be read", e);
    }
  }

  /** A tree as JSON text. */
  public static String text(@Nullable Object tree) {
    return new String(Json.bytes(out -> write(out, tree)), StandardCharsets.UTF_8);
  }

  /** Writes a tree. */
  public static void write(JsonGenerator out, @Nullable Object tree) throws IOException {
    switch (tree) {
      case null -> out.writeNull();
      case Map<?, ?> object -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> field : object.entrySet()) {
          out.writeFieldName((String) field.getKey());
          write(out, field.getValue());
        }
        out.writeEndObject();
      }
      case List<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      case String text -> out.writeString(text);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Boolean bool -> out.writeBoolean(bool);
      default -> throw new IllegalArgumentException("no JSON for " + tree.getClass());
    }
  }
}
