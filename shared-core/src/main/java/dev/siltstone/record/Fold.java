package dev.siltstone.record;

import dev.siltstone.record.Operation.Add;
import dev.siltstone.record.Operation.Delete;
import dev.siltstone.record.Operation.Update;
import dev.siltstone.record.Operation.Upsert;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of what an operation does: a pure function of (existing record or nothing,
 * operation). Operations are applied one after another in sequence order and, within a delta, in
 * index order, duplicates included. The meaning is Chroma's: of two adds the first wins, of two
 * upserts the last, metadata merges key by key, and what an operation does not mention stays.
 */
public final class Fold {
  private Fold() {}

  /**
   * The record after {@code operation}, or null if there is none.
   *
   * @param existing the record before, or null
   * @param place the operation's own place, which becomes the order key of a record it inserts
   */
  public static @Nullable StoredRecord apply(
      @Nullable StoredRecord existing, Operation operation, OrderKey place) {
    return switch (operation) {
      case Add add -> existing != null ? existing : inserted(add, place);
      case Upsert upsert -> existing != null ? merged(existing, upsert) : inserted(upsert, place);
      case Update update -> existing != null ? merged(existing, update) : null;
      case Delete _ -> null;
    };
  }

  private static StoredRecord inserted(Add add, OrderKey place) {
    return new StoredRecord(
        add.id(),
        place,
        add.embedding(),
        add.document(),
        add.uri(),
        Metadata.NONE.patched(add.metadata()));
  }

  private static StoredRecord inserted(Upsert upsert, OrderKey place) {
    return new StoredRecord(
        upsert.id(),
        place,
        upsert.embedding(),
        upsert.document(),
        upsert.uri(),
        Metadata.NONE.patched(upsert.metadata()));
  }

  private static StoredRecord merged(StoredRecord old, Upsert upsert) {
    return merged(old, upsert.embedding(), upsert.document(), upsert.uri(), upsert.metadata());
  }

  private static StoredRecord merged(StoredRecord old, Update update) {
    return merged(old, update.embedding(), update.document(), update.uri(), update.metadata());
  }

  private static StoredRecord merged(
      StoredRecord old,
      @Nullable Embedding embedding,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch metadata) {
    return new StoredRecord(
        old.id(),
        old.order(),
        embedding != null ? embedding : old.embedding(),
        document != null ? document : old.document(),
        uri != null ? uri : old.uri(),
        old.metadata().patched(metadata));
  }
}
