package dev.siltstone.gc;

import dev.siltstone.storage.ObjectKey;

/** An object that may go. */
record Garbage(ObjectKey key, long bytes, Cause cause) {
  private static final String MANIFEST = "/manifest.json";

  /** Manifests go last: while they stand, they tell what else of their snapshot is to go. */
  boolean isManifest() {
    return key.value().endsWith(MANIFEST);
  }
}
