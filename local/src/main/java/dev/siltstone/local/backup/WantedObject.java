package dev.siltstone.local.backup;

import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;

/**
 * An object that a copy needs.
 *
 * @param from its key in the store that is copied
 * @param to its key in the copy
 * @param presence whether the copy is no copy without it
 */
record WantedObject(
    ObjectKey from, ObjectKey to, long bytes, Checksum checksum, Presence presence) {
  /** Whether it may be missing. */
  enum Presence {
    REQUIRED,
    /** Set aside for people: a collection is whole without it. */
    OPTIONAL
  }
}
