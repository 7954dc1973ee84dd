package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@code hnsw} object of a configuration; fields that are absent or null stay as they were. */
final class HnswFields {
  private static final List<String> NEW =
      List.of(
          "space",
          "ef_construction",
          "ef_search",
          "max_neighbors",
          "num_threads",
          "resize_factor",
          "sync_threshold",
          "batch_size");

  /** What can change once there are vectors. */
  private static final List<String> CHANGED =
      List.of(
          "ef_search",
          "max_neighbors",
          "num_threads",
          "resize_factor",
          "sync_threshold",
          "batch_size");

  private static final List<String> SPACES =
      Arrays.stream(Space.values()).map(Space::wireName).toList();

  private final BodyReader in;
  private @Nullable Space space;
  private @Nullable Integer efConstruction;
  private @Nullable Integer efSearch;
  private @Nullable Integer maxNeighbors;
  private @Nullable Integer threads;
  private @Nullable Double resizeFactor;
  private @Nullable Integer syncThreshold;
  private @Nullable Integer batchSize;

  private HnswFields(BodyReader in) {
    this.in = in;
  }

  /** Of a new collection. */
  static HnswFields readNew(BodyReader in) throws IOException {
    return read(in, "struct HnswConfiguration", NEW);
  }

  /** Of a change to a collection. */
  static HnswFields readChanged(BodyReader in) throws IOException {
    return read(in, "struct UpdateHnswConfiguration", CHANGED);
  }

  /** Reads the name of a space. */
  static Space readSpace(BodyReader in) throws IOException {
    String name = in.string();
    if (!SPACES.contains(name)) {
      throw in.errors().unknownVariant(name, SPACES);
    }
    return Space.parse(name);
  }

  private static HnswFields read(BodyReader in, String type, List<String> known)
      throws IOException {
    HnswFields fields = new HnswFields(in);
    in.strictFields(type, known, fields::readField);
    return fields;
  }

  private boolean readField(String name) throws IOException {
    switch (name) {
      case "space" -> space = in.nullable(HnswFields::readSpace);
      case "ef_construction" -> efConstruction = in.nullable(BodyReader::size);
      case "ef_search" -> efSearch = in.nullable(BodyReader::size);
      case "max_neighbors" -> maxNeighbors = in.nullable(BodyReader::size);
      case "num_threads" -> threads = in.nullable(BodyReader::size);
      case "resize_factor" -> resizeFactor = in.nullable(BodyReader::f64);
      case "sync_threshold" -> syncThreshold = in.nullable(BodyReader::size);
      case "batch_size" -> batchSize = in.nullable(BodyReader::size);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The settings with these fields changed. */
  IndexSettings over(IndexSettings old) {
    HnswParameters hnsw = old.hnsw();
    return new IndexSettings(
        or(space, old.space()),
        new HnswParameters(
            or(maxNeighbors, hnsw.maxNeighbors()),
            or(efConstruction, hnsw.efConstruction()),
            or(efSearch, hnsw.efSearch()),
            or(threads, hnsw.threads()),
            or(resizeFactor, hnsw.resizeFactor()),
            or(batchSize, hnsw.batchSize()),
            or(syncThreshold, hnsw.syncThreshold())),
        old.embeddingFunction());
  }

  private static <T> T or(@Nullable T given, T old) {
    return given == null ? old : given;
  }
}
