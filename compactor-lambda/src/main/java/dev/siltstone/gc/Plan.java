package dev.siltstone.gc;

import dev.siltstone.identity.Sequence;
import java.util.List;
import java.util.Map;

/**
 * What may go, found by looking; nothing has been changed.
 *
 * @param garbage in the order in which it is to go
 * @param listed files of segments and snapshots that were looked at
 * @param reserved places that the log has handed out
 * @param trimTo committed entries of the log up to here may go when the garbage is gone
 */
record Plan(
    List<Garbage> garbage,
    long listed,
    long reserved,
    Sequence trimTo,
    Map<KeptBecause, Amount> kept) {
  /** Leftovers of the collector's own fences; a few are not worth another one. */
  private static final int FEW_MANIFESTS = 8;

  Plan {
    garbage = List.copyOf(garbage);
    kept = Map.copyOf(kept);
  }

  /** Whether a run that deletes this leaves less than it adds. */
  boolean isWorthARun() {
    long manifests = garbage.stream().filter(Garbage::isManifest).count();
    return manifests < garbage.size() || manifests > FEW_MANIFESTS;
  }

  long count(Cause cause) {
    return garbage.stream().filter(one -> one.cause() == cause).count();
  }
}
