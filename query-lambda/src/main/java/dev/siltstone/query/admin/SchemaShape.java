package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyErrors;
import dev.siltstone.collection.Space;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a schema: {@code defaults} and {@code keys} say per kind of value which indexes are
 * enabled and how. What does not belong to it is dropped, what has the wrong type is a 422.
 */
final class SchemaShape {
  /** The kinds of values and their indexes. */
  private static final Map<String, List<String>> INDEXES =
      Map.of(
          "string", List.of("fts_index", "string_inverted_index"),
          "float_list", List.of("vector_index"),
          "sparse_vector", List.of("sparse_vector_index"),
          "int", List.of("int_inverted_index"),
          "float", List.of("float_inverted_index"),
          "bool", List.of("bool_inverted_index"));

  private static final List<String> HNSW =
      List.of(
          "ef_construction",
          "max_neighbors",
          "ef_search",
          "num_threads",
          "batch_size",
          "sync_threshold");

  private final BodyErrors errors;

  private SchemaShape(BodyErrors errors) {
    this.errors = errors;
  }

  /** The schema without nulls and unknown fields. */
  static Map<String, Object> checked(@Nullable Object tree, BodyErrors errors) {
    return new SchemaShape(errors).schema(object(tree, "schema", errors));
  }

  private Map<String, Object> schema(Map<?, ?> tree) {
    for (String name : List.of("defaults", "keys")) {
      if (!tree.containsKey(name)) {
        throw errors.missingField(name);
      }
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    object(tree.get("keys"), "keys", errors)
        .forEach((key, types) -> keys.put((String) key, valueTypes(object(types, key, errors))));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("defaults", valueTypes(object(tree.get("defaults"), "defaults", errors)));
    schema.put("keys", keys);
    return schema;
  }

  private Map<String, Object> valueTypes(Map<?, ?> tree) {
    Map<String, Object> types = new LinkedHashMap<>();
    tree.forEach((name, type) -> {
      List<String> indexes = INDEXES.get(withoutHash((String) name));
      if (indexes != null && type != null) {
        types.put(withoutHash((String) name), valueType(object(type, name, errors), indexes));
      }
    });
    return types;
  }

  private static String withoutHash(String name) {
    return name.startsWith("#") ? name.substring(1) : name;
  }

  private Map<String, Object> valueType(Map<?, ?> tree, List<String> indexes) {
    Map<String, Object> type = new LinkedHashMap<>();
    for (String name : indexes) {
      if (tree.get(name) != null) {
        type.put(name, index(name, object(tree.get(name), name, errors)));
      }
    }
    return type;
  }

  private Map<String, Object> index(String name, Map<?, ?> tree) {
    if (!(tree.get("enabled") instanceof Boolean enabled)) {
      throw errors.invalid("`enabled` of `" + name + "` must be a boolean");
    }
    Map<?, ?> config = object(tree.get("config"), "config", errors);
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("enabled", enabled);
    index.put(
        "config",
        switch (name) {
          case "vector_index" -> vectorConfig(config);
          case "sparse_vector_index" -> sparseConfig(config);
          default -> Map.of();
        });
    return index;
  }

  private Map<String, Object> vectorConfig(Map<?, ?> tree) {
    Map<String, Object> config = new LinkedHashMap<>();
    tree.forEach((name, value) -> {
      switch (value == null ? "spann" : (String) name) {
        case "space" -> config.put("space", space(value));
        case "embedding_function" ->
            config.put("embedding_function", EmbeddingFunctionField.checked(value, errors));
        case "source_key" -> config.put("source_key", text("source_key", value));
        case "hnsw" -> config.put("hnsw", hnsw(object(value, "hnsw", errors)));
        // Only the hosted service has this index; there is none to configure here.
        case "spann" -> {}
        default -> throw unknown(name);
      }
    });
    return config;
  }

  private Map<String, Object> sparseConfig(Map<?, ?> tree) {
    Map<String, Object> config = new LinkedHashMap<>();
    tree.forEach((name, value) -> {
      switch (value == null ? "algorithm" : (String) name) {
        case "embedding_function" ->
            config.put("embedding_function", EmbeddingFunctionField.checked(value, errors));
        case "source_key" -> config.put("source_key", text("source_key", value));
        case "bm25" -> config.put("bm25", Boolean.TRUE.equals(value));
        case "algorithm" -> {}
        default -> throw unknown(name);
      }
    });
    return config;
  }

  private Map<String, Object> hnsw(Map<?, ?> tree) {
    Map<String, Object> hnsw = new LinkedHashMap<>();
    tree.forEach((name, value) -> {
      if (name.equals("resize_factor") && value instanceof Number number) {
        hnsw.put("resize_factor", number.doubleValue());
      } else if (HNSW.contains(name)
          && value instanceof Long size
          && size >= 0
          && size <= Integer.MAX_VALUE) {
        hnsw.put((String) name, size);
      } else if (value != null) {
        throw errors.invalid("`" + cut(name) + "` of `hnsw` is unknown or out of range");
      }
    });
    return hnsw;
  }

  private String space(Object value) {
    List<String> spaces = Arrays.stream(Space.values()).map(Space::wireName).toList();
    String name = text("space", value);
    if (!spaces.contains(name)) {
      throw errors.unknownVariant(name, spaces);
    }
    return name;
  }

  private String text(String name, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw errors.invalid("`" + name + "` must be a string");
  }

  private RuntimeException unknown(Object name) {
    return errors.invalid("unknown field `" + cut(name) + "`");
  }

  private static Map<?, ?> object(@Nullable Object tree, Object name, BodyErrors errors) {
    if (tree instanceof Map<?, ?> object) {
      return object;
    }
    throw errors.invalid("`" + cut(name) + "` must be an object");
  }

  private static String cut(Object name) {
    String text = (String) name;
    return text.codePointCount(0, text.length()) <= 100
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 100)) + "…";
  }
}
