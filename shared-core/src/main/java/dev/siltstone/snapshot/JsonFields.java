package dev.siltstone.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each taken once and of exactly the type that is asked for. A field
 * that is left over at the {@link #end} is one that this version does not know.
 *
 * <p>Everything here throws {@link IllegalArgumentException} naming the field.
 */
final class JsonFields {
  private final JsonNode object;
  private final Set<String> left = new HashSet<>();

  JsonFields(JsonNode object) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("expected an object, found " + object.getNodeType());
    }
    this.object = object;
    object.fieldNames().forEachRemaining(left::add);
  }

  String text(String name) {
    JsonNode value = take(name);
    require(value.isTextual(), name, value);
    return value.textValue();
  }

  @Nullable String textOrNull(String name) {
    JsonNode value = take(name);
    require(value.isTextual() || value.isNull(), name, value);
    return value.textValue();
  }

  long number(String name) {
    JsonNode value = take(name);
    require(value.isIntegralNumber() && value.canConvertToLong(), name, value);
    return value.longValue();
  }

  int integer(String name) {
    JsonNode value = take(name);
    require(value.isIntegralNumber() && value.canConvertToInt(), name, value);
    return value.intValue();
  }

  boolean flag(String name) {
    JsonNode value = take(name);
    require(value.isBoolean(), name, value);
    return value.booleanValue();
  }

  <T> @Nullable T objectOrNull(String name, Function<JsonFields, T> read) {
    JsonNode value = take(name);
    return value.isNull() ? null : whole(value, read);
  }

  <T> List<T> objects(String name, Function<JsonFields, T> read) {
    List<T> items = new ArrayList<>();
    array(name).forEach(item -> items.add(whole(item, read)));
    return items;
  }

  JsonNode array(String name) {
    JsonNode value = take(name);
    require(value.isArray(), name, value);
    return value;
  }

  /** Reads an object and refuses fields that {@code read} has not taken. */
  static <T> T whole(JsonNode object, Function<JsonFields, T> read) {
    JsonFields fields = new JsonFields(object);
    T result = read.apply(fields);
    fields.end();
    return result;
  }

  private void end() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("unknown fields " + left);
    }
  }

  private JsonNode take(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no field " + name);
    }
    left.remove(name);
    return value;
  }

  private static void require(boolean fits, String name, JsonNode value) {
    if (!fits) {
      throw new IllegalArgumentException(
          "field %s cannot be a %s".formatted(name, value.getNodeType()));
    }
  }
}
