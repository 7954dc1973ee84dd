package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private NamedCollection collection = new NamedCollection();

  @Override
  public Integer call() {
    return options.run(new OperationCommand.Compact(collection.reference()));
  }
}
