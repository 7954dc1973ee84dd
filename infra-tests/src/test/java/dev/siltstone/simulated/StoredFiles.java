package dev.siltstone.simulated;

import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether everything that a manifest names is there and right. */
final class StoredFiles {
  private final ObjectStore store;
  private final Violations violations;
  private final Set<String> known = new HashSet<>();

  StoredFiles(ObjectStore store, Violations violations) {
    this.store = store;
    this.violations = violations;
  }

  /** Objects never change, but they go. */
  void forget(String key) {
    known.remove(key);
  }

  void requireAll(Manifest manifest) {
    require(manifest, manifest.key(), null);
    for (SegmentEntry entry : manifest.segments()) {
      entry
          .segment()
          .files()
          .forEach(file ->
              require(
                  manifest, entry.segment().keyOf(manifest.collection(), file), file.checksum()));
      DeletedRowsEntry deleted = entry.deleted();
      if (deleted != null) {
        require(manifest, deleted.key(), deleted.checksum());
      }
    }
  }

  private void require(Manifest manifest, ObjectKey key, @Nullable Checksum checksum) {
    if (known.contains(key.value())) {
      return;
    }
    Optional<byte[]> bytes = store.get(key).map(object -> object.bytes());
    violations.require(
        bytes.isPresent(),
        "generation %s names %s, which is not there",
        manifest.generation(),
        key);
    violations.require(
        checksum == null || Checksum.of(bytes.orElseThrow()).equals(checksum),
        "generation %s names %s, whose bytes are not right",
        manifest.generation(),
        key);
    known.add(key.value());
  }
}
