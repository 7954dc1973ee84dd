package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where a collection stands. */
@Command(
    name = "stats",
    description =
        "Shows where a collection stands: backlog, holes, snapshot, segments, lock and last runs.",
    mixinStandardHelpOptions = true)
public final class StatsCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private NamedCollection collection = new NamedCollection();

  @Override
  public Integer call() {
    return options.run(new OperationCommand.Stats(collection.reference()));
  }
}
