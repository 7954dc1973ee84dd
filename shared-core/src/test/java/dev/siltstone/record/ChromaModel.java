package dev.siltstone.record;

import dev.siltstone.record.Operation.Add;
import dev.siltstone.record.Operation.Delete;
import dev.siltstone.record.Operation.Update;
import dev.siltstone.record.Operation.Upsert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chroma's rules written down a second time, as plainly as possible and with nothing of {@link
 * Fold}: rows in a list, in the order in which they were inserted. As observed on a Chroma server:
 *
 * <ul>
 *   <li>add: an id that exists is silently ignored; of duplicates in a batch the first wins;
 *   <li>upsert: replaces what is given, merges metadata key by key, keeps the old document if none
 *       is given; of duplicates in a batch the last wins; a new id goes to the end;
 *   <li>update: an unknown id is silently ignored; otherwise like upsert; a null value deletes its
 *       key; a null document leaves the old one;
 *   <li>delete: an unknown id is no error; a record added again afterwards starts clean, at the
 *       end.
 * </ul>
 */
final class ChromaModel {
  /** A row with its fields in the open. */
  static final class Row {
    final String id;
    float[] embedding = {};
    @Nullable String document;
    @Nullable String uri;
    final Map<String, MetadataValue> metadata = new HashMap<>();

    Row(String id) {
      this.id = id;
    }
  }

  final List<Row> rows = new ArrayList<>();

  void apply(Operation operation) {
    String id = operation.id().value();
    Row row = rows.stream().filter(r -> r.id.equals(id)).findFirst().orElse(null);
    switch (operation) {
      case Add add -> {
        if (row == null) {
          set(appended(id), add.embedding(), add.document(), add.uri(), add.metadata());
        }
      }
      case Upsert upsert ->
          set(
              row == null ? appended(id) : row,
              upsert.embedding(),
              upsert.document(),
              upsert.uri(),
              upsert.metadata());
      case Update update -> {
        if (row != null) {
          set(row, update.embedding(), update.document(), update.uri(), update.metadata());
        }
      }
      case Delete _ -> rows.removeIf(r -> r.id.equals(id));
    }
  }

  private Row appended(String id) {
    Row row = new Row(id);
    rows.add(row);
    return row;
  }

  private static void set(
      Row row,
      @Nullable Embedding embedding,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch metadata) {
    if (embedding != null) {
      row.embedding = embedding.toArray();
    }
    if (document != null) {
      row.document = document;
    }
    if (uri != null) {
      row.uri = uri;
    }
    row.metadata.putAll(metadata.set());
    metadata.removed().forEach(row.metadata::remove);
  }

  /** What {@code get} shows, one line per record, in order. */
  List<String> get() {
    return rows.stream().map(r -> line(r.id, r.embedding, r.document, r.uri, r.metadata)).toList();
  }

  static String line(StoredRecord stored) {
    return line(
        stored.id().value(),
        stored.embedding().toArray(),
        stored.document(),
        stored.uri(),
        stored.metadata().values());
  }

  private static String line(
      String id,
      float[] embedding,
      @Nullable String document,
      @Nullable String uri,
      Map<String, MetadataValue> metadata) {
    List<String> values = metadata.entrySet().stream().map(Object::toString).sorted().toList();
    return String.join("|", id, Arrays.toString(embedding), document + "", uri + "", values + "");
  }
}
