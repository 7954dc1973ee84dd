package dev.siltstone.query.admin;

import dev.siltstone.failure.InvalidRequestException;
import java.util.Map;
import java.util.Set;

/** Which indexes a client's schema may ask for, and where; the reference's words. */
final class SchemaRules {
  private SchemaRules() {}

  /**
   * Checks a schema of the right shape.
   *
   * @throws InvalidRequestException naming the rule it breaks
   */
  static void check(Map<String, Object> schema) {
    checkDefaults(object(schema, "defaults"));
    object(schema, "keys").forEach((key, types) -> checkKey((String) key, (Map<?, ?>) types));
  }

  private static void checkDefaults(Map<?, ?> types) {
    if (enabled(types, "float_list", "vector_index")) {
      throw refusal(
          "Vector index cannot be enabled by default. It can only be enabled on #embedding field.");
    }
    if (enabled(types, "sparse_vector", "sparse_vector_index")) {
      throw refusal(
          "Sparse vector index cannot be enabled by default. Please enable sparse vector index on"
              + " specific keys.");
    }
    if (enabled(types, "string", "fts_index")) {
      throw refusal(
          "Full text search / regular expression index cannot be enabled by default. It can only"
              + " be enabled on #document field.");
    }
  }

  private static void checkKey(String key, Map<?, ?> types) {
    boolean embedding = key.equals(DefaultSchema.EMBEDDING);
    boolean document = key.equals(DefaultSchema.DOCUMENT);
    if (key.startsWith("#") && !embedding && !document) {
      throw refusal(
          "key cannot begin with '#'. Keys starting with '#' are reserved for system use: " + key);
    }
    if (document && !Set.of("string").containsAll(types.keySet())) {
      throw refusal("Document field cannot have any value types other than string: " + key);
    }
    if (embedding && !Set.of("float_list").containsAll(types.keySet())) {
      throw refusal("Embedding field cannot have any value types other than float_list: " + key);
    }
    if (!embedding && enabled(types, "float_list", "vector_index")) {
      throw refusal("Vector index can only be enabled on #embedding field: " + key);
    }
    if (!document && enabled(types, "string", "fts_index")) {
      throw refusal(
          "Full text search / regular expression index can only be enabled on #document field: "
              + key);
    }
    if (document && enabled(types, "string", "string_inverted_index")) {
      throw refusal("String inverted index can not be enabled on #document key: " + key);
    }
    checkSource(types);
  }

  private static void checkSource(Map<?, ?> types) {
    Map<?, ?> vector = object(object(object(types, "float_list"), "vector_index"), "config");
    if (vector.containsKey("source_key")
        && !DefaultSchema.DOCUMENT.equals(vector.get("source_key"))) {
      throw refusal("Vector index can only source from #document");
    }
  }

  private static boolean enabled(Map<?, ?> types, String type, String index) {
    return Boolean.TRUE.equals(object(object(types, type), index).get("enabled"));
  }

  private static Map<?, ?> object(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  private static InvalidRequestException refusal(String message) {
    return new InvalidRequestException("Validation error: schema: " + message);
  }
}
