package dev.siltstone.operations.command;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.time.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compacts every collection that has unfolded places, announced or not. */
public final class CompactionSweep {
  private static final Logger LOG = LoggerFactory.getLogger(CompactionSweep.class);
  private static final int PAGE = 100;

  private final Compactor compactor;
  private final DeltaLog log;

  public CompactionSweep(Compactor compactor, DeltaLog log) {
    this.compactor = compactor;
    this.log = log;
  }

  /** One round, as far as time goes; one collection's trouble does not stop the others. */
  public Map<CollectionId, CompactionReport> run(Deadline deadline) {
    Map<CollectionId, CompactionReport> reports = new LinkedHashMap<>();
    List<CollectionId> page = log.backlogAfter(null, PAGE);
    while (!page.isEmpty() && !deadline.hasPassed()) {
      for (CollectionId collection : page) {
        compact(collection, deadline, reports);
      }
      page = log.backlogAfter(page.getLast(), PAGE);
    }
    return reports;
  }

  private void compact(
      CollectionId collection, Deadline deadline, Map<CollectionId, CompactionReport> reports) {
    try {
      reports.put(collection, compactor.run(collection, deadline));
    } catch (SiltstoneException e) {
      LOG.error("collection {}: compaction failed ({})", collection, e.advice(), e);
    }
  }
}
