package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.log.LogEntry;
import dev.siltstone.operations.Quarantine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What was set aside, and why. */
@Command(
    name = "list",
    description = "Lists the deltas of a collection that were set aside, and why.",
    mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(paramLabel = "COLLECTION", description = "Its name or id.")
  private String collection = "";

  @Override
  public Integer call() {
    try (LocalStore store = options.open()) {
      Collection found = collections.find(store.catalog(), collection);
      Quarantine quarantine =
          new Quarantine(store.log(), store.objects(), store.commit(), store.clock());
      Table table = new Table("quarantined", "sequence", "operations", "bytes", "object", "reason");
      for (LogEntry.Quarantined entry : quarantine.list(found.id())) {
        table.row(
            Figure.count(entry.sequence().value()),
            Figure.count(entry.count()),
            Figure.bytes(entry.bytes()),
            Figure.text(entry.key()),
            Figure.text(entry.reason()));
      }
      options.show(new Report().fact("collection", Figure.text(found.name())).table(table));
      return 0;
    }
  }
}
