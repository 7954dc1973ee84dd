package dev.siltstone.query.admin;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.api.json.MetadataFields;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a new collection: shapes are checked while reading, rules afterwards. */
final class CreateCollectionBody {
  private final BodyReader in;
  private @Nullable String name;
  private @Nullable MetadataFields metadata;
  private @Nullable ConfigurationFields configuration;
  private @Nullable UserSchema schema;
  private boolean getOrCreate;

  private CreateCollectionBody(BodyReader in) {
    this.in = in;
  }

  /**
   * What a new collection is to be.
   *
   * @param schemaJson what its schema says beyond the default one, or null
   * @param getOrCreate whether one of the same name will do
   */
  record NewCollection(
      CollectionName name,
      Metadata metadata,
      IndexSettings settings,
      @Nullable String schemaJson,
      boolean getOrCreate) {}

  static NewCollection read(byte[] body) {
    return BodyReader.read(body, CreateCollectionBody::read).check();
  }

  private static CreateCollectionBody read(BodyReader in) throws IOException {
    CreateCollectionBody body = new CreateCollectionBody(in);
    in.fields("struct CreateCollectionPayload", body::readField);
    if (body.name == null) {
      throw in.errors().missingField("name");
    }
    return body;
  }

  private boolean readField(String field) throws IOException {
    switch (field) {
      case "name" -> name = in.string();
      case "metadata" ->
          metadata = in.nullable(each -> MetadataFields.read(each, MetadataFields.Nulls.REFUSED));
      case "configuration" -> configuration = in.nullable(ConfigurationFields::readNew);
      case "schema" -> schema = in.nullable(UserSchema::read);
      case "get_or_create" -> getOrCreate = in.bool();
      default -> {
        return false;
      }
    }
    return true;
  }

  private NewCollection check() {
    Metadata kept = metadata == null ? Metadata.NONE : Metadata.of(metadata.patch().set());
    IndexSettings settings =
        configuration == null ? ConfigurationFields.defaults(kept) : configuration.settings(kept);
    CollectionName checkedName = new CollectionName(name == null ? "" : name);
    CollectionMetadata.check(metadata, "metadata");
    if (schema == null) {
      return new NewCollection(checkedName, kept, settings, null, getOrCreate);
    }
    SchemaRules.check(schema.tree());
    refuseConflict(settings, schema);
    return settings.hasDefaultIndex() && !schema.isDefault()
        ? new NewCollection(checkedName, kept, schema.settings(), schema.json(), getOrCreate)
        : new NewCollection(checkedName, kept, settings, null, getOrCreate);
  }

  private static void refuseConflict(IndexSettings settings, UserSchema schema) {
    boolean configured =
        !settings.hasDefaultIndex()
            || !EmbeddingFunctionField.isDefault(settings.embeddingFunction());
    if (configured && !schema.hasDefaultIndex()) {
      throw new InvalidRequestException(
          "Failed to reconcile schema: Cannot set both collection config and schema"
              + " simultaneously");
    }
  }
}
