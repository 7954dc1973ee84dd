package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The {@code configuration} of a new collection, or the {@code new_configuration} of a change. */
final class ConfigurationFields {
  private final BodyReader in;
  private final BodyReader.Reading<HnswFields> hnswReading;
  private final BodyReader.Reading<SpannFields> spannReading;
  private @Nullable HnswFields hnsw;
  private @Nullable SpannFields spann;
  private @Nullable String embeddingFunction;

  private ConfigurationFields(
      BodyReader in,
      BodyReader.Reading<HnswFields> hnswReading,
      BodyReader.Reading<SpannFields> spannReading) {
    this.in = in;
    this.hnswReading = hnswReading;
    this.spannReading = spannReading;
  }

  static ConfigurationFields readNew(BodyReader in) throws IOException {
    return new ConfigurationFields(in, HnswFields::readNew, SpannFields::readNew)
        .read("struct CollectionConfiguration");
  }

  static ConfigurationFields readChanged(BodyReader in) throws IOException {
    return new ConfigurationFields(in, HnswFields::readChanged, SpannFields::readChanged)
        .read("struct UpdateCollectionConfiguration");
  }

  private ConfigurationFields read(String type) throws IOException {
    in.fields(type, this::readField);
    return this;
  }

  private boolean readField(String name) throws IOException {
    switch (name) {
      case "hnsw" -> hnsw = in.nullable(hnswReading);
      case "spann" -> spann = in.nullable(spannReading);
      case "embedding_function" -> embeddingFunction = in.nullable(EmbeddingFunctionField::read);
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * The settings of a new collection.
   *
   * @throws InvalidRequestException if it asks for two kinds of index
   */
  IndexSettings settings(Metadata metadata) {
    refuseTwoIndexes();
    if (spann != null) {
      return new IndexSettings(spann.space(), IndexSettings.DEFAULT.hnsw(), embeddingFunction);
    }
    IndexSettings given = hnsw == null ? IndexSettings.DEFAULT : hnsw.over(IndexSettings.DEFAULT);
    return fromMetadata(given, metadata).withEmbeddingFunction(embeddingFunction);
  }

  /** The settings of a new collection without configuration. */
  static IndexSettings defaults(Metadata metadata) {
    return fromMetadata(IndexSettings.DEFAULT, metadata);
  }

  /** Older clients say in metadata what a configuration does not. */
  private static IndexSettings fromMetadata(IndexSettings given, Metadata metadata) {
    IndexSettings legacy = LegacyHnswMetadata.settings(metadata);
    return given.hasDefaultIndex() ? legacy : given;
  }

  /**
   * The settings after a change.
   *
   * @throws InvalidRequestException if it asks for two kinds of index
   */
  IndexSettings over(IndexSettings old) {
    refuseTwoIndexes();
    IndexSettings changed = hnsw == null ? old : hnsw.over(old);
    return embeddingFunction == null ? changed : changed.withEmbeddingFunction(embeddingFunction);
  }

  private void refuseTwoIndexes() {
    if (hnsw != null && spann != null) {
      throw new InvalidRequestException("Multiple vector index configurations provided");
    }
  }
}
