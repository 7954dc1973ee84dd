package dev.siltstone.cache;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectStore;

/** Fetches the bitmaps of deleted rows that a manifest names, and compares their checksums. */
final class DeletedRowsReader {
  private final ObjectStore store;

  DeletedRowsReader(ObjectStore store) {
    this.store = store;
  }

  /**
   * Reads one.
   *
   * @throws CorruptDataException if it is missing or not what the manifest says
   */
  DeletedRows read(DeletedRowsEntry entry) {
    byte[] bytes =
        store
            .get(entry.key())
            .orElseThrow(() -> new CorruptDataException("missing object " + entry.key()))
            .bytes();
    if (!Checksum.of(bytes).equals(entry.checksum())) {
      throw new CorruptDataException(
          "%s: expected %d bytes with SHA-256 %s, found %d bytes that do not match"
              .formatted(entry.key(), entry.bytes(), entry.checksum(), bytes.length));
    }
    return DeletedRows.decode(bytes);
  }
}
