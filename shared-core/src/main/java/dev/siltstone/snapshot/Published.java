package dev.siltstone.snapshot;

import dev.siltstone.log.Tip;
import dev.siltstone.storage.ETag;

/**
 * A pointer as it was read or written, and the manifest it names.
 *
 * @param etag what the next swap must find
 */
public record Published(Pointer pointer, ETag etag, Manifest manifest) {
  /** What readers may rely on once this is published. */
  public Tip tip() {
    return new Tip(pointer.generation(), pointer.folded(), pointer.manifest());
  }
}
