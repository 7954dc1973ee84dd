package dev.siltstone.compaction.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.gc.DroppedCollections.Swept;
import dev.siltstone.gc.GcReport;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a collection of garbage answers. */
final class GarbageJson {
  private GarbageJson() {}

  static byte[] write(Map<CollectionId, GcReport> reports, @Nullable Swept swept) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("collections");
      for (Map.Entry<CollectionId, GcReport> one : reports.entrySet()) {
        write(out, one.getKey(), one.getValue());
      }
      out.writeEndArray();
      if (swept != null) {
        out.writeNumberField("swept_collections", swept.collections());
        out.writeNumberField("swept_objects", swept.objects().objects());
        out.writeNumberField("swept_bytes", swept.objects().bytes());
        out.writeBooleanField("complete", swept.complete());
      }
      out.writeEndObject();
    });
  }

  private static void write(JsonGenerator out, CollectionId id, GcReport report)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("collection", id.toString());
    out.writeStringField("outcome", report.outcome().name());
    out.writeNumberField("objects", report.total().objects());
    out.writeNumberField("bytes", report.total().bytes());
    out.writeNumberField("trimmed", report.trimmed());
    out.writeStringField("why", report.why());
    out.writeEndObject();
  }
}
