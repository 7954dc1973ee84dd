package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.lease.LeaseStore.Lease;
import dev.siltstone.local.node.LocalStore;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the compactor once. */
@Command(
    name = "compact",
    description = {
      "Folds what is in a collection's log now, and merges what is due.",
      "Exits with 1 if something is left: another run holds the lock, or time ran out."
    },
    mixinStandardHelpOptions = true)
public final class CompactCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(paramLabel = "COLLECTION", description = "Its name or id.")
  private String collection = "";

  @Override
  public Integer call() {
    try (LocalStore store = options.open()) {
      Collection found = collections.find(store.catalog(), collection);
      CompactionReport report = store.compact(found.id());
      Report shown =
          new Report()
              .fact("collection", Figure.text(found.name()))
              .fact("outcome", Figure.text(report.outcome()))
              .fact("folded_sequence", Figure.count(report.folded().value()))
              .fact("deltas", Figure.count(report.deltas()))
              .fact("operations", Figure.count(report.operations()))
              .fact("quarantined", Figure.count(report.quarantined()))
              .fact("publishes", Figure.count(report.publishes()))
              .fact("merged_segments", Figure.count(report.merges()))
              .fact("bytes_written", Figure.bytes(report.bytesWritten()));
      if (report.outcome() == Outcome.LOCK_HELD) {
        Optional<Lease> lock = store.leases().read(found.id());
        shown.fact("lock_held_by", Figure.text(lock.map(Lease::owner).orElse(null)));
        shown.fact("until", Figure.moment(lock.map(Lease::expiresAt).orElse(null)));
      }
      options.show(shown);
      return report.outcome() == Outcome.DRAINED ? 0 : 1;
    }
  }
}
