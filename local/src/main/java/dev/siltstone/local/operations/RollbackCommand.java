package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.RollbackReport;
import dev.siltstone.snapshot.RolledBack;
import dev.siltstone.snapshot.SnapshotName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an older snapshot's content current again. */
@Command(
    name = "rollback",
    description = {
      "Makes the content of a retained snapshot current again, for every reader at once.",
      "The writes since then are given up, and stay readable as of the snapshot before the"
          + " rollback while that is retained; to get them back, roll back to it."
    },
    mixinStandardHelpOptions = true)
public final class RollbackCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(index = "0", paramLabel = "COLLECTION", description = "Its name or id.")
  private String collection = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "SNAPSHOT",
      description = "The snapshot's generation, folder or manifest key; see snapshots.")
  private String target = "";

  @Override
  public Integer call() {
    try (LocalStore store = options.open()) {
      Collection found = collections.find(store.catalog(), collection);
      options.show(report(found, store.rollBack(found.id(), new SnapshotName(target))));
      return 0;
    }
  }

  private static Report report(Collection collection, RollbackReport report) {
    RolledBack folded = report.folded();
    Report shown =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("rolled_back_to", Figure.count(report.target().generation().value()))
            .fact("sequence", Figure.count(report.sequence().value()))
            .fact("given_up_after", Figure.count(report.target().folded().value()))
            .fact(
                "given_up_readable_as_of",
                folded == null
                    ? Figure.text("the next run folds it")
                    : Figure.count(folded.before().value()));
    Table givenUp = new Table("given_up", "sequence", "delta", "operations", "bytes");
    for (LogEntry.Committed entry : report.givenUp()) {
      givenUp.row(
          Figure.count(entry.sequence().value()),
          Figure.text(entry.delta()),
          Figure.count(entry.count()),
          Figure.bytes(entry.bytes()));
    }
    return shown.table(givenUp);
  }
}
