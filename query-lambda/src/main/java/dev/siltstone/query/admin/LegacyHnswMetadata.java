package dev.siltstone.query.admin;

import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import java.util.Set;

/** Index parameters under {@code hnsw:…} keys of a collection's metadata, as clients used to. */
final class LegacyHnswMetadata {
  private static final String PREFIX = "hnsw:";
  private static final Set<String> KEYS =
      Set.of(
          "hnsw:space",
          "hnsw:construction_ef",
          "hnsw:search_ef",
          "hnsw:M",
          "hnsw:num_threads",
          "hnsw:resize_factor",
          "hnsw:sync_threshold",
          "hnsw:batch_size");

  private LegacyHnswMetadata() {}

  /**
   * The settings that metadata asks for; the default ones where it does not.
   *
   * @throws InvalidRequestException if one of its keys is unknown or has an unfit value
   */
  static IndexSettings settings(Metadata metadata) {
    metadata.values().keySet().stream()
        .filter(key -> key.startsWith(PREFIX) && !KEYS.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw invalid();
        });
    HnswParameters base = HnswParameters.DEFAULT;
    return new IndexSettings(
        space(metadata),
        new HnswParameters(
            size(metadata, "hnsw:M", 0, base.maxNeighbors()),
            size(metadata, "hnsw:construction_ef", 0, base.efConstruction()),
            size(metadata, "hnsw:search_ef", 0, base.efSearch()),
            size(metadata, "hnsw:num_threads", 0, base.threads()),
            factor(metadata, base.resizeFactor()),
            size(metadata, "hnsw:batch_size", 2, base.batchSize()),
            size(metadata, "hnsw:sync_threshold", 2, base.syncThreshold())),
        null);
  }

  private static Space space(Metadata metadata) {
    MetadataValue value = metadata.get("hnsw:space");
    if (value == null) {
      return Space.L2;
    }
    for (Space space : Space.values()) {
      if (value instanceof StringValue(String name) && name.equals(space.wireName())) {
        return space;
      }
    }
    throw invalid();
  }

  private static int size(Metadata metadata, String key, int min, int absent) {
    MetadataValue value = metadata.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof IntValue(long number) && number >= min && number <= Integer.MAX_VALUE) {
      return (int) number;
    }
    throw invalid();
  }

  private static double factor(Metadata metadata, double absent) {
    return switch (metadata.get("hnsw:resize_factor")) {
      case null -> absent;
      case FloatValue(double number) -> number;
      case IntValue(long number) -> number;
      default -> throw invalid();
    };
  }

  private static InvalidRequestException invalid() {
    return new InvalidRequestException("Failed to parse hnsw parameters from segment metadata");
  }
}
