package dev.siltstone.simulated;

import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operations do to a map of records, said once more and independently of the product. */
final class PlainFold {
  private PlainFold() {}

  static void apply(Map<RecordId, StoredRecord> records, Operation operation, OrderKey place) {
    RecordId id = operation.id();
    StoredRecord old = records.get(id);
    switch (operation) {
      case Operation.Delete _ -> records.remove(id);
      case Operation.Add add -> {
        if (old == null) {
          records.put(
              id,
              merged(null, id, place, add.embedding(), add.document(), add.uri(), add.metadata()));
        }
      }
      case Operation.Upsert up ->
          records.put(
              id, merged(old, id, place, up.embedding(), up.document(), up.uri(), up.metadata()));
      case Operation.Update up -> {
        if (old != null) {
          records.put(
              id, merged(old, id, place, up.embedding(), up.document(), up.uri(), up.metadata()));
        }
      }
    }
  }

  private static StoredRecord merged(
      @Nullable StoredRecord old,
      RecordId id,
      OrderKey place,
      @Nullable Embedding embedding,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch patch) {
    Map<String, MetadataValue> metadata =
        new HashMap<>(old == null ? Map.of() : old.metadata().values());
    metadata.putAll(patch.set());
    metadata.keySet().removeAll(patch.removed());
    Embedding vector = embedding == null && old != null ? old.embedding() : embedding;
    if (vector == null) {
      throw new IllegalArgumentException("an insert of " + id + " without a vector");
    }
    return new StoredRecord(
        id,
        old == null ? place : old.order(),
        vector,
        document == null && old != null ? old.document() : document,
        uri == null && old != null ? old.uri() : uri,
        Metadata.of(metadata));
  }
}
