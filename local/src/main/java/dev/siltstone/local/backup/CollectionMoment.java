package dev.siltstone.local.backup;

import dev.siltstone.collection.Collection;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Head;
import dev.siltstone.log.LogEntry;
import dev.siltstone.snapshot.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * A collection at one moment: what a snapshot holds, and every place of the log behind it.
 *
 * @param snapshot empty before the first publish
 * @param entries the places that no snapshot holds, none missing, up to the head's last; before
 *     them, of the places that the snapshot holds, those void or quarantined
 */
record CollectionMoment(
    Collection collection, Optional<Manifest> snapshot, Head head, List<LogEntry> entries) {
  CollectionMoment {
    entries = List.copyOf(entries);
  }

  /** The last place that the snapshot holds. */
  Sequence folded() {
    return snapshot.map(Manifest::folded).orElse(Sequence.ZERO);
  }

  /** Whether there are writes that no snapshot holds. */
  boolean hasUnfoldedWrites() {
    return entries.stream().anyMatch(LogEntry.Committed.class::isInstance);
  }
}
