package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.api.json.JsonTree;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.failure.CorruptDataException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema that a client gives a new collection: what differs from the default one. It is kept
 * and echoed; of what it says, space, index parameters and embedding function take effect.
 */
record UserSchema(Map<String, Object> tree) {
  static UserSchema read(BodyReader in) throws IOException {
    return new UserSchema(SchemaShape.checked(in.tree(), in.errors()));
  }

  /** A collection's schema as a tree: the default one, what the client said, the settings. */
  static Map<String, Object> echo(@Nullable String schemaJson, IndexSettings settings) {
    if (schemaJson == null) {
      return DefaultSchema.tree(settings);
    }
    if (!(JsonTree.parse(schemaJson) instanceof Map<?, ?> overrides)) {
      throw new CorruptDataException("a stored schema is not an object");
    }
    Map<String, Object> merged = merged(DefaultSchema.tree(IndexSettings.DEFAULT), overrides);
    vectorConfig(merged).putAll(DefaultSchema.vectorConfig(settings, null));
    return merged;
  }

  String json() {
    return JsonTree.text(tree);
  }

  /** Whether it says nothing that the default schema does not. */
  boolean isDefault() {
    return overDefault().equals(DefaultSchema.tree(IndexSettings.DEFAULT));
  }

  /** Whether it leaves the index as it is; an embedding function may be named. */
  boolean hasDefaultIndex() {
    Map<String, Object> merged = overDefault();
    vectorConfig(merged).remove("embedding_function");
    return merged.equals(DefaultSchema.tree(IndexSettings.DEFAULT));
  }

  /** What it says about the vectors. */
  IndexSettings settings() {
    Map<String, Object> config = vectorConfig(overDefault());
    Map<?, ?> hnsw = (Map<?, ?>) Objects.requireNonNull(config.get("hnsw"));
    Object function = config.get("embedding_function");
    return new IndexSettings(
        Space.parse((String) Objects.requireNonNull(config.get("space"))),
        new HnswParameters(
            size(hnsw, "max_neighbors"),
            size(hnsw, "ef_construction"),
            size(hnsw, "ef_search"),
            size(hnsw, "num_threads"),
            (Double) Objects.requireNonNull(hnsw.get("resize_factor")),
            size(hnsw, "batch_size"),
            size(hnsw, "sync_threshold")),
        function == null ? null : JsonTree.text(function));
  }

  private Map<String, Object> overDefault() {
    return merged(DefaultSchema.tree(IndexSettings.DEFAULT), tree);
  }

  private static int size(Map<?, ?> hnsw, String name) {
    return Math.toIntExact((Long) Objects.requireNonNull(hnsw.get(name)));
  }

  @SuppressWarnings("unchecked") // trees have string keys, and the default schema has this path
  private static Map<String, Object> vectorConfig(Map<String, Object> schema) {
    Object at = schema;
    for (String step :
        new String[] {"keys", DefaultSchema.EMBEDDING, "float_list", "vector_index", "config"}) {
      at = Objects.requireNonNull(((Map<?, ?>) at).get(step));
    }
    return (Map<String, Object>) at;
  }

  /** The base with the overrides put over it, object by object. */
  private static Map<String, Object> merged(Map<?, ?> base, Map<?, ?> overrides) {
    Map<String, Object> merged = new LinkedHashMap<>();
    base.forEach((name, value) -> merged.put((String) name, value));
    overrides.forEach((name, value) -> {
      Object below = merged.get(name);
      merged.put(
          (String) name,
          below instanceof Map<?, ?> inner && value instanceof Map<?, ?> changed
              ? merged(inner, changed)
              : value);
    });
    return merged;
  }
}
