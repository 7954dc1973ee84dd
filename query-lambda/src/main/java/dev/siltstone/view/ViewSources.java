package dev.siltstone.view;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.HeadAndTip;
import dev.siltstone.log.LogReader;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;

/** Where views get the log from, and how long they wait. */
record ViewSources(
    DeltaLog log, LogReader reader, DeltaBatches batches, Clock clock, ReadPatience patience) {
  /**
   * Head and tip, in one call.
   *
   * @throws NotFoundException if the collection does not exist
   */
  HeadAndTip look(CollectionId collection) {
    return log.read(collection)
        .orElseThrow(
            () -> new NotFoundException("Collection [%s] does not exist.".formatted(collection)));
  }
}
