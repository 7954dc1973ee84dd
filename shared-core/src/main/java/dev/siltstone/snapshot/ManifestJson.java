package dev.siltstone.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.collection.Space;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.json.Json;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.record.OrderKey;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Manifests as sealed JSON. */
final class ManifestJson {
  private static final SealedJson SEAL = new SealedJson("siltstone-manifest", 1);
  private static final ObjectMapper MAPPER = new ObjectMapper(Json.FACTORY);

  private ManifestJson() {}

  static byte[] write(Manifest manifest) {
    return SEAL.seal(
        Json.bytes(out -> {
          out.writeStartObject();
          writeIdentity(out, manifest);
          writeContent(out, manifest);
          writeHistory(out, manifest);
          out.writeEndObject();
        }));
  }

  /**
   * Reads a manifest.
   *
   * @throws CorruptDataException if it is damaged
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer version wrote it
   */
  static Manifest read(byte[] sealed, ObjectKey key) {
    SEAL.check(sealed, key);
    try {
      return read(MAPPER.readTree(sealed));
    } catch (IOException | IllegalArgumentException e) {
      throw new CorruptDataException(key + " has the right checksum but the wrong fields", e);
    }
  }

  private static void writeIdentity(JsonGenerator out, Manifest manifest) throws IOException {
    out.writeStringField("collection", manifest.collection().toString());
    out.writeNumberField("generation", manifest.generation().value());
    out.writeStringField("commit", manifest.commit().toString());
    out.writeNumberField("epoch", manifest.epoch().value());
    out.writeStringField("created_at", manifest.createdAt().toString());
    out.writeNumberField("folded_sequence", manifest.folded().value());
    out.writeStringField("space", manifest.space().wireName());
    VectorShape shape = manifest.shape();
    if (shape == null) {
      out.writeNullField("dimension");
      out.writeNullField("embedding_function");
    } else {
      out.writeNumberField("dimension", shape.dimension());
      out.writeStringField("embedding_function", shape.embeddingFunction());
    }
  }

  private static void writeContent(JsonGenerator out, Manifest manifest) throws IOException {
    out.writeStringField("content", manifest.content().toString());
    out.writeNumberField("live_records", manifest.liveRecords());
    out.writeArrayFieldStart("segments");
    for (SegmentEntry entry : manifest.segments()) {
      writeSegment(out, entry);
    }
    out.writeEndArray();
  }

  private static void writeSegment(JsonGenerator out, SegmentEntry entry) throws IOException {
    SegmentDescriptor segment = entry.segment();
    out.writeStartObject();
    out.writeStringField("id", segment.id().toString());
    out.writeNumberField("epoch", segment.epoch().value());
    out.writeNumberField("rows", segment.rows());
    out.writeNumberField("dimension", segment.dimension());
    out.writeStringField("space", segment.space().wireName());
    writeOrder(out, "first", segment.first());
    writeOrder(out, "last", segment.last());
    out.writeBooleanField("graph", segment.graph());
    out.writeArrayFieldStart("files");
    for (SegmentFile file : segment.files()) {
      out.writeStartObject();
      out.writeStringField("name", file.name());
      out.writeNumberField("bytes", file.bytes());
      out.writeStringField("sha256", file.checksum().hex());
      out.writeEndObject();
    }
    out.writeEndArray();
    writeDeleted(out, entry.deleted());
    out.writeEndObject();
  }

  private static void writeDeleted(JsonGenerator out, @Nullable DeletedRowsEntry deleted)
      throws IOException {
    if (deleted == null) {
      out.writeNullField("deleted");
      return;
    }
    out.writeObjectFieldStart("deleted");
    out.writeStringField("key", deleted.key().value());
    out.writeNumberField("count", deleted.count());
    out.writeNumberField("bytes", deleted.bytes());
    out.writeStringField("sha256", deleted.checksum().hex());
    out.writeEndObject();
  }

  private static void writeOrder(JsonGenerator out, String name, OrderKey order)
      throws IOException {
    out.writeArrayFieldStart(name);
    out.writeNumber(order.sequence());
    out.writeNumber(order.index());
    out.writeEndArray();
  }

  private static void writeHistory(JsonGenerator out, Manifest manifest) throws IOException {
    out.writeArrayFieldStart("ancestry");
    for (Ancestor ancestor : manifest.ancestry()) {
      out.writeStartObject();
      out.writeNumberField("generation", ancestor.generation().value());
      out.writeStringField("commit", ancestor.commit().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("folded_ranges");
    for (FoldedRange range : manifest.foldedRanges()) {
      out.writeStartObject();
      out.writeNumberField("after", range.after().value());
      out.writeNumberField("up_to", range.upTo().value());
      out.writeNumberField("generation", range.generation().value());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("retained");
    for (RetainedSnapshot retained : manifest.retained()) {
      out.writeStartObject();
      out.writeNumberField("generation", retained.generation().value());
      out.writeStringField("manifest", retained.manifest().value());
      out.writeNumberField("folded_sequence", retained.folded().value());
      out.writeStringField("created_at", retained.createdAt().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("retired");
    for (RetiredObject retired : manifest.retired()) {
      out.writeStartObject();
      out.writeStringField("key", retired.key().value());
      out.writeStringField("at", retired.at().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static Manifest read(JsonNode node) {
    return new Manifest(
        CollectionId.parse(node.required("collection").asText()),
        new Generation(node.required("generation").asLong()),
        CommitId.parse(node.required("commit").asText()),
        new Epoch(node.required("epoch").asLong()),
        Instant.parse(node.required("created_at").asText()),
        list(node.required("ancestry"), ManifestJson::readAncestor),
        new Sequence(node.required("folded_sequence").asLong()),
        readShape(node),
        Space.parse(node.required("space").asText()),
        list(node.required("segments"), ManifestJson::readSegment),
        ContentChecksum.parse(node.required("content").asText()),
        node.required("live_records").asLong(),
        list(node.required("folded_ranges"), ManifestJson::readRange),
        list(node.required("retained"), ManifestJson::readRetained),
        list(node.required("retired"), ManifestJson::readRetired));
  }

  private static @Nullable VectorShape readShape(JsonNode node) {
    JsonNode dimension = node.required("dimension");
    if (dimension.isNull()) {
      return null;
    }
    JsonNode function = node.required("embedding_function");
    return new VectorShape(dimension.asInt(), function.isNull() ? null : function.asText());
  }

  private static SegmentEntry readSegment(JsonNode node) {
    SegmentDescriptor segment =
        new SegmentDescriptor(
            SegmentId.parse(node.required("id").asText()),
            new Epoch(node.required("epoch").asLong()),
            node.required("rows").asInt(),
            node.required("dimension").asInt(),
            Space.parse(node.required("space").asText()),
            readOrder(node.required("first")),
            readOrder(node.required("last")),
            node.required("graph").asBoolean(),
            list(node.required("files"), ManifestJson::readFile));
    JsonNode deleted = node.required("deleted");
    return new SegmentEntry(segment, deleted.isNull() ? null : readDeleted(deleted));
  }

  private static SegmentFile readFile(JsonNode node) {
    return new SegmentFile(
        node.required("name").asText(),
        node.required("bytes").asLong(),
        new Checksum(node.required("sha256").asText()));
  }

  private static DeletedRowsEntry readDeleted(JsonNode node) {
    return new DeletedRowsEntry(
        new ObjectKey(node.required("key").asText()),
        node.required("count").asInt(),
        node.required("bytes").asLong(),
        new Checksum(node.required("sha256").asText()));
  }

  private static OrderKey readOrder(JsonNode node) {
    return new OrderKey(node.required(0).asLong(), node.required(1).asInt());
  }

  private static Ancestor readAncestor(JsonNode node) {
    return new Ancestor(
        new Generation(node.required("generation").asLong()),
        CommitId.parse(node.required("commit").asText()));
  }

  private static FoldedRange readRange(JsonNode node) {
    return new FoldedRange(
        new Sequence(node.required("after").asLong()),
        new Sequence(node.required("up_to").asLong()),
        new Generation(node.required("generation").asLong()));
  }

  private static RetainedSnapshot readRetained(JsonNode node) {
    return new RetainedSnapshot(
        new Generation(node.required("generation").asLong()),
        new ObjectKey(node.required("manifest").asText()),
        new Sequence(node.required("folded_sequence").asLong()),
        Instant.parse(node.required("created_at").asText()));
  }

  private static RetiredObject readRetired(JsonNode node) {
    return new RetiredObject(
        new ObjectKey(node.required("key").asText()), Instant.parse(node.required("at").asText()));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>(array.size());
    array.forEach(item -> items.add(read.apply(item)));
    return items;
  }
}
