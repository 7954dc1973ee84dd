package dev.siltstone.snapshot;

import dev.siltstone.identity.CommitId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;

/**
 * The current version of a collection. Carries the commit id, so no two pointers have the same
 * bytes and thus the same ETag.
 */
public record Pointer(
    CommitId commit,
    Generation generation,
    Epoch epoch,
    Sequence folded,
    ObjectKey manifest,
    Checksum manifestChecksum) {
  /** The pointer that publishes this manifest. */
  static Pointer to(Manifest manifest, Checksum checksum) {
    return new Pointer(
        manifest.commit(),
        manifest.generation(),
        manifest.epoch(),
        manifest.folded(),
        manifest.key(),
        checksum);
  }
}
