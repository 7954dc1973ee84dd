package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What was set aside, and why. */
@Command(
    name = "list",
    description = "Lists the deltas of a collection that were set aside, and why.",
    mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private NamedCollection collection = new NamedCollection();

  @Override
  public Integer call() {
    return options.run(new OperationCommand.QuarantineList(collection.reference()));
  }
}
