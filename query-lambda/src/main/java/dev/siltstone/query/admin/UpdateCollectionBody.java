package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.api.json.MetadataFields;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.record.Metadata;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a change to a collection: a new name, metadata as a whole, settings one by one. */
final class UpdateCollectionBody {
  private final BodyReader in;
  private @Nullable String name;
  private @Nullable MetadataFields metadata;
  private @Nullable ConfigurationFields configuration;

  private UpdateCollectionBody(BodyReader in) {
    this.in = in;
  }

  /** Null for what stays as it is. */
  record Change(
      @Nullable CollectionName name,
      @Nullable Metadata metadata,
      @Nullable ConfigurationFields configuration) {

    boolean isNothing() {
      return name == null && metadata == null && configuration == null;
    }

    /** The collection with the change made, as its next version. */
    Collection applyTo(Collection old) {
      IndexSettings before = IndexSettings.of(old);
      IndexSettings after = configuration == null ? before : configuration.over(before);
      return new Collection(
          old.id(),
          old.tenant(),
          old.database(),
          name == null ? old.name() : name,
          after.space(),
          after.hnsw(),
          after.embeddingFunction(),
          old.schemaJson(),
          metadata == null ? old.metadata() : metadata,
          old.settingsVersion() + 1);
    }
  }

  static Change read(byte[] body) {
    return BodyReader.read(body, UpdateCollectionBody::read).check();
  }

  private static UpdateCollectionBody read(BodyReader in) throws IOException {
    UpdateCollectionBody body = new UpdateCollectionBody(in);
    in.fields("struct UpdateCollectionPayload", body::readField);
    return body;
  }

  private boolean readField(String field) throws IOException {
    switch (field) {
      case "new_name" -> name = in.nullable(BodyReader::string);
      case "new_metadata" ->
          metadata = in.nullable(each -> MetadataFields.read(each, MetadataFields.Nulls.REMOVE));
      case "new_configuration" -> configuration = in.nullable(ConfigurationFields::readChanged);
      default -> {
        return false;
      }
    }
    return true;
  }

  private Change check() {
    CollectionName newName = name == null ? null : new CollectionName(name);
    CollectionMetadata.check(metadata, "new_metadata");
    return new Change(
        newName, metadata == null ? null : Metadata.of(metadata.patch().set()), configuration);
  }
}
