package dev.siltstone.gc;

import dev.siltstone.identity.Epoch;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.storage.ObjectKey;
import java.util.Optional;
import java.util.Set;

/** Keeps every older run from publishing, before anything is listed. */
public interface Fence {
  /**
   * Takes the fence. Afterwards no run with a lower epoch can publish: the pointer that it read is
   * not there any more. So what no kept manifest names, and was written under a lower epoch, will
   * never be named.
   *
   * @param current what is published
   * @param gone retired manifests that need not be remembered any more
   * @return what is published now, or empty if somebody else published meanwhile or the collection
   *     is gone
   * @throws dev.siltstone.failure.FencedException if a newer run has published
   * @throws dev.siltstone.failure.OutcomeUnknownException if it may or may not be taken
   */
  Optional<Published> take(Published current, Epoch epoch, Set<ObjectKey> gone);

  /** The current version with the older snapshots that would be left if the fence were taken. */
  default Manifest preview(Manifest current) {
    return current;
  }
}
