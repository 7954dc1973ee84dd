package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The versions of a collection that can be read, and those that wait to be collected. */
@Command(
    name = "snapshots",
    description = "Lists the snapshots of a collection: current, retained, and retired ones.",
    mixinStandardHelpOptions = true)
public final class SnapshotsCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private NamedCollection collection = new NamedCollection();

  @Override
  public Integer call() {
    return options.run(new OperationCommand.Snapshots(collection.reference()));
  }
}
