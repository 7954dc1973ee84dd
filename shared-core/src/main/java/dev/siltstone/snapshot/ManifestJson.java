package dev.siltstone.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
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
import org.jspecify.annotations.Nullable;

/** Manifests as sealed JSON. */
final class ManifestJson {
  private static final SealedJson SEAL = new SealedJson("siltstone-manifest", 1);

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
    return SEAL.open(sealed, key, ManifestJson::read);
  }

  private static void writeIdentity(JsonGenerator out, Manifest manifest) throws IOException {
    out.writeStringField("collection", manifest.collection().toString());
    out.writeNumberField("generation", manifest.generation().value());
    out.writeStringField("commit", manifest.commit().toString());
    out.writeNumberField("epoch", manifest.epoch().value());
    out.writeStringField("created_at", manifest.createdAt().toString());
    out.writeNumberField("folded_sequence", manifest.folded().value());
    out.writeStringField("space", manifest.space().wireName());
    writeShape(out, manifest.shape());
  }

  private static void writeShape(JsonGenerator out, @Nullable VectorShape shape)
      throws IOException {
    if (shape == null) {
      out.writeNullField("shape");
      return;
    }
    out.writeObjectFieldStart("shape");
    out.writeNumberField("dimension", shape.dimension());
    out.writeStringField("embedding_function", shape.embeddingFunction());
    out.writeEndObject();
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
    writeRollbacks(out, manifest);
  }

  private static void writeRollbacks(JsonGenerator out, Manifest manifest) throws IOException {
    out.writeArrayFieldStart("pins");
    for (Pin pin : manifest.pins()) {
      out.writeStartObject();
      out.writeNumberField("generation", pin.generation().value());
      out.writeNumberField("through", pin.through().value());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("rollbacks");
    for (RolledBack rollback : manifest.rollbacks()) {
      out.writeStartObject();
      out.writeNumberField("sequence", rollback.sequence().value());
      out.writeNumberField("target", rollback.target().value());
      out.writeNumberField("target_folded", rollback.targetFolded().value());
      out.writeNumberField("before", rollback.before().value());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static Manifest read(JsonFields in) {
    return new Manifest(
        CollectionId.parse(in.text("collection")),
        new Generation(in.number("generation")),
        CommitId.parse(in.text("commit")),
        new Epoch(in.number("epoch")),
        Instant.parse(in.text("created_at")),
        in.objects("ancestry", ManifestJson::readAncestor),
        new Sequence(in.number("folded_sequence")),
        in.objectOrNull("shape", ManifestJson::readShape),
        Space.parse(in.text("space")),
        in.objects("segments", ManifestJson::readSegment),
        ContentChecksum.parse(in.text("content")),
        in.number("live_records"),
        in.objects("folded_ranges", ManifestJson::readRange),
        in.objects("retained", ManifestJson::readRetained),
        in.objects("retired", ManifestJson::readRetired),
        in.objects("pins", ManifestJson::readPin),
        in.objects("rollbacks", ManifestJson::readRollback));
  }

  private static VectorShape readShape(JsonFields in) {
    return new VectorShape(in.integer("dimension"), in.textOrNull("embedding_function"));
  }

  private static SegmentEntry readSegment(JsonFields in) {
    SegmentDescriptor segment =
        new SegmentDescriptor(
            SegmentId.parse(in.text("id")),
            new Epoch(in.number("epoch")),
            in.integer("rows"),
            in.integer("dimension"),
            Space.parse(in.text("space")),
            readOrder(in.array("first")),
            readOrder(in.array("last")),
            in.flag("graph"),
            in.objects("files", ManifestJson::readFile));
    return new SegmentEntry(segment, in.objectOrNull("deleted", ManifestJson::readDeleted));
  }

  private static SegmentFile readFile(JsonFields in) {
    return new SegmentFile(in.text("name"), in.number("bytes"), new Checksum(in.text("sha256")));
  }

  private static DeletedRowsEntry readDeleted(JsonFields in) {
    return new DeletedRowsEntry(
        new ObjectKey(in.text("key")),
        in.integer("count"),
        in.number("bytes"),
        new Checksum(in.text("sha256")));
  }

  private static OrderKey readOrder(JsonNode pair) {
    if (pair.size() != 2 || !pair.get(0).isIntegralNumber() || !pair.get(1).isInt()) {
      throw new IllegalArgumentException("an order key is a sequence and an index");
    }
    return new OrderKey(pair.get(0).longValue(), pair.get(1).intValue());
  }

  private static Ancestor readAncestor(JsonFields in) {
    return new Ancestor(new Generation(in.number("generation")), CommitId.parse(in.text("commit")));
  }

  private static FoldedRange readRange(JsonFields in) {
    return new FoldedRange(
        new Sequence(in.number("after")),
        new Sequence(in.number("up_to")),
        new Generation(in.number("generation")));
  }

  private static RetainedSnapshot readRetained(JsonFields in) {
    return new RetainedSnapshot(
        new Generation(in.number("generation")),
        new ObjectKey(in.text("manifest")),
        new Sequence(in.number("folded_sequence")),
        Instant.parse(in.text("created_at")));
  }

  private static RetiredObject readRetired(JsonFields in) {
    return new RetiredObject(new ObjectKey(in.text("key")), Instant.parse(in.text("at")));
  }

  private static Pin readPin(JsonFields in) {
    return new Pin(new Generation(in.number("generation")), new Sequence(in.number("through")));
  }

  private static RolledBack readRollback(JsonFields in) {
    return new RolledBack(
        new Sequence(in.number("sequence")),
        new Generation(in.number("target")),
        new Sequence(in.number("target_folded")),
        new Generation(in.number("before")));
  }
}
