package dev.siltstone.snapshot;

import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;

/** How a publish ended. Only {@link Won} changed what readers see; no outcome allows cleaning. */
public sealed interface PublishResult {
  /**
   * The version is published.
   *
   * @param published what the pointer names now: this version, or another that has been published
   *     on top of it since
   */
  record Won(Published published) implements PublishResult {}

  /** Another version was published on the same parent: read everything again. */
  record Lost() implements PublishResult {}

  /** A run with a higher epoch has published: stop. */
  record Fenced(Epoch epoch) implements PublishResult {}

  /** The swap may still take effect: touch nothing, stop, and let the next run find out. */
  record StillUnknown(Generation generation) implements PublishResult {}
}
