package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
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
    return options.run(new OperationCommand.Compact(collections.named(collection)));
  }
}
