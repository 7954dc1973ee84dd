package dev.siltstone.query.admin;

import dev.siltstone.api.json.JsonTree;
import dev.siltstone.collection.HnswParameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a collection for which no client has given one: every kind of metadata value is
 * indexed, documents are searchable, and the one vector index has the collection's settings.
 */
final class DefaultSchema {
  static final String EMBEDDING = "#embedding";
  static final String DOCUMENT = "#document";

  private DefaultSchema() {}

  /** The schema as a tree. */
  static Map<String, Object> tree(IndexSettings settings) {
    return object(
        "defaults", defaults(settings),
        "keys",
            object(
                EMBEDDING,
                    object("float_list", vectorIndex(true, vectorConfig(settings, DOCUMENT))),
                DOCUMENT, object("string", stringIndexes(true, false))));
  }

  /** The settings of the vector index, in the form a schema has them. */
  static Map<String, Object> vectorConfig(IndexSettings settings, @Nullable String sourceKey) {
    Map<String, Object> config = object("space", settings.space().wireName());
    if (settings.embeddingFunction() != null) {
      config.put("embedding_function", function(settings.embeddingFunction()));
    }
    if (sourceKey != null) {
      config.put("source_key", sourceKey);
    }
    config.put("hnsw", hnsw(settings.hnsw()));
    return config;
  }

  private static Object function(String json) {
    Object tree = JsonTree.parse(json);
    return tree == null ? Map.of() : tree;
  }

  private static Map<String, Object> defaults(IndexSettings settings) {
    return object(
        "string", stringIndexes(false, true),
        "float_list", vectorIndex(false, vectorConfig(settings, null)),
        "sparse_vector",
            object(
                "sparse_vector_index",
                index(
                    false, object("embedding_function", object("type", "unknown"), "bm25", false))),
        "int", object("int_inverted_index", index(true, object())),
        "float", object("float_inverted_index", index(true, object())),
        "bool", object("bool_inverted_index", index(true, object())));
  }

  private static Map<String, Object> stringIndexes(boolean fullText, boolean inverted) {
    return object(
        "fts_index", index(fullText, object()), "string_inverted_index", index(inverted, object()));
  }

  private static Map<String, Object> vectorIndex(boolean enabled, Map<String, Object> config) {
    return object("vector_index", index(enabled, config));
  }

  private static Map<String, Object> index(boolean enabled, Map<String, Object> config) {
    return object("enabled", enabled, "config", config);
  }

  private static Map<String, Object> hnsw(HnswParameters hnsw) {
    return object(
        "ef_construction", (long) hnsw.efConstruction(),
        "max_neighbors", (long) hnsw.maxNeighbors(),
        "ef_search", (long) hnsw.efSearch(),
        "num_threads", (long) hnsw.threads(),
        "batch_size", (long) hnsw.batchSize(),
        "sync_threshold", (long) hnsw.syncThreshold(),
        "resize_factor", hnsw.resizeFactor());
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
