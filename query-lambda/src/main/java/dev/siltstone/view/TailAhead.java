package dev.siltstone.view;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Tip;
import dev.siltstone.tail.DeltaBatch;
import dev.siltstone.tail.LogPlace;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what stands in the log behind a snapshot while that is still being opened, so that a first
 * read waits for the longer of the two and not for both. Only a head start: whatever is not found
 * here, for whichever reason, the read looks for itself.
 */
final class TailAhead {
  private static final Logger LOG = LoggerFactory.getLogger(TailAhead.class);

  private final ViewSources sources;
  private final Collection collection;
  private final Sequence needed;

  /**
   * A head start.
   *
   * @param needed the last place that the read needs, which has been reserved
   */
  TailAhead(ViewSources sources, Collection collection, Sequence needed) {
    this.sources = sources;
    this.collection = collection;
    this.needed = needed;
  }

  /** The places that follow what the tip has folded, in order and without gaps. */
  List<LogPlace> behind(Tip tip) {
    if (tip.folded().compareTo(needed) >= 0) {
      return List.of();
    }
    try {
      List<LogEntry> standing =
          sources.reader().readStanding(collection.id(), tip.folded(), needed);
      if (standing.stream().anyMatch(LogEntry.Rollback.class::isInstance)) {
        return List.of();
      }
      DeltaBatch batch = sources.batches().fetch(collection.id(), standing);
      return batch == null ? List.of() : batch.places();
    } catch (SiltstoneException e) {
      LOG.debug("collection {}: no head start on the tail", collection.id(), e);
      return List.of();
    }
  }
}
