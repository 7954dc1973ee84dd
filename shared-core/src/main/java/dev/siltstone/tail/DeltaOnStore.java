package dev.siltstone.tail;

import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaLimits;
import dev.siltstone.delta.DeltaReader;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.LogEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.StoredObject;
import java.util.Optional;

/** What stands behind a committed entry: the same verdict for everybody who looks. */
sealed interface DeltaOnStore {
  /**
   * A checksum may differ because of a transfer; twice in a row means that the object is damaged.
   */
  int ATTEMPTS = 2;

  /** Operations to apply. */
  record Readable(Delta delta) implements DeltaOnStore {}

  /** The bytes are exactly those that were committed, and nobody will ever understand them. */
  record Poison(String reason) implements DeltaOnStore {}

  /** There is no such object: a snapshot has folded it, or it is lost. */
  record Missing() implements DeltaOnStore {}

  /**
   * Fetches and judges a delta.
   *
   * @throws CorruptDataException if the object is not what was committed, which is no poison: the
   *     caller stops, and a person has to look
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer version wrote it
   * @throws dev.siltstone.failure.UnavailableException if the store does not answer
   */
  static DeltaOnStore read(ObjectStore store, CollectionId collection, LogEntry.Committed entry) {
    Checksum found = entry.checksum();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<StoredObject> object = store.get(entry.key());
      if (object.isEmpty()) {
        return new Missing();
      }
      byte[] bytes = object.get().bytes();
      found = Checksum.of(bytes);
      if (found.equals(entry.checksum())) {
        return judge(collection, entry, bytes);
      }
    }
    throw new CorruptDataException(
        "%s: place %s was committed with SHA-256 %s, found %s"
            .formatted(entry.key(), entry.sequence(), entry.checksum(), found));
  }

  private static DeltaOnStore judge(
      CollectionId collection, LogEntry.Committed entry, byte[] bytes) {
    Delta delta;
    try {
      delta = DeltaReader.decode(bytes, DeltaLimits.FORMAT);
    } catch (CorruptDataException e) {
      return new Poison(String.valueOf(e.getMessage()));
    }
    return delta.collection().equals(collection)
            && delta.id().equals(entry.delta())
            && delta.operations().size() == entry.count()
        ? new Readable(delta)
        : new Poison(
            "the entry says delta %s of collection %s with %d operations, the object %s of %s with %d"
                .formatted(
                    entry.delta(),
                    collection,
                    entry.count(),
                    delta.id(),
                    delta.collection(),
                    delta.operations().size()));
  }
}
