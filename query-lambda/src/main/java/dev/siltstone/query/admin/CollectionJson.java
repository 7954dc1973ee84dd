package dev.siltstone.query.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.api.json.JsonTree;
import dev.siltstone.collection.Collection;
import dev.siltstone.json.MetadataJson;
import java.io.IOException;

/** A collection as clients see it. */
final class CollectionJson {
  private CollectionJson() {}

  /**
   * Writes a collection.
   *
   * @param dimension values per vector, 0 while there is none
   */
  static void write(JsonGenerator out, Collection collection, int dimension) throws IOException {
    IndexSettings settings = IndexSettings.of(collection);
    out.writeStartObject();
    out.writeStringField("id", collection.id().toString());
    out.writeStringField("name", collection.name().value());
    out.writeFieldName("configuration_json");
    writeConfiguration(out, settings);
    out.writeFieldName("schema");
    JsonTree.write(out, UserSchema.echo(collection.schemaJson(), settings));
    writeMetadata(out, collection);
    writeDimension(out, dimension);
    out.writeStringField("tenant", collection.tenant().value());
    out.writeStringField("database", collection.database().value());
    // The single-node server counts neither, and clients ignore both.
    out.writeNumberField("log_position", 0);
    out.writeNumberField("version", 0);
    out.writeEndObject();
  }

  private static void writeConfiguration(JsonGenerator out, IndexSettings settings)
      throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart("hnsw");
    out.writeStringField("space", settings.space().wireName());
    out.writeNumberField("ef_construction", settings.hnsw().efConstruction());
    out.writeNumberField("ef_search", settings.hnsw().efSearch());
    out.writeNumberField("max_neighbors", settings.hnsw().maxNeighbors());
    out.writeNumberField("resize_factor", settings.hnsw().resizeFactor());
    out.writeNumberField("sync_threshold", settings.hnsw().syncThreshold());
    out.writeEndObject();
    out.writeNullField("spann");
    out.writeFieldName("embedding_function");
    if (settings.embeddingFunction() == null) {
      out.writeNull();
    } else {
      JsonTree.write(out, JsonTree.parse(settings.embeddingFunction()));
    }
    out.writeEndObject();
  }

  private static void writeMetadata(JsonGenerator out, Collection collection) throws IOException {
    out.writeFieldName("metadata");
    if (collection.metadata().isEmpty()) {
      out.writeNull();
    } else {
      MetadataJson.write(out, collection.metadata());
    }
  }

  private static void writeDimension(JsonGenerator out, int dimension) throws IOException {
    out.writeFieldName("dimension");
    if (dimension == 0) {
      out.writeNull();
    } else {
      out.writeNumber(dimension);
    }
  }
}
