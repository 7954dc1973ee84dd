package dev.siltstone.gc;

import dev.siltstone.collection.Catalog;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.time.Deadline;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the garbage of every collection, and sweeps the dropped ones. */
public final class GarbageSweep {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageSweep.class);
  private static final int PAGE = 100;

  private final Catalog catalog;
  private final GarbageCollector collector;
  private final DroppedCollections dropped;

  public GarbageSweep(Catalog catalog, GarbageCollector collector, DroppedCollections dropped) {
    this.catalog = catalog;
    this.collector = collector;
    this.dropped = dropped;
  }

  /**
   * One round, as far as time goes. One collection's trouble does not stop the others.
   *
   * @param told of each collection's report
   */
  public DroppedCollections.Swept run(
      CollectionMode mode, Deadline deadline, BiConsumer<CollectionId, GcReport> told) {
    List<CollectionId> page = catalog.collectionsAfter(null, PAGE);
    while (!page.isEmpty() && !deadline.hasPassed()) {
      for (CollectionId collection : page) {
        if (!deadline.hasPassed()) {
          collect(collection, mode, deadline, told);
        }
      }
      page = catalog.collectionsAfter(page.getLast(), PAGE);
    }
    return mode == CollectionMode.DRY_RUN
        ? new DroppedCollections.Swept(0, Amount.NONE, 0, true)
        : dropped.sweep(deadline);
  }

  private void collect(
      CollectionId collection,
      CollectionMode mode,
      Deadline deadline,
      BiConsumer<CollectionId, GcReport> told) {
    try {
      told.accept(collection, collector.collect(collection, mode, deadline));
    } catch (SiltstoneException e) {
      LOG.error("collection {}: garbage not collected ({})", collection, e.advice(), e);
    }
  }
}
