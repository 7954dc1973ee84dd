package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private NamedCollection collection = new NamedCollection();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "SNAPSHOT",
      description = "The snapshot's generation, folder or manifest key; see snapshots.")
  private String target = "";

  @Override
  public Integer call() {
    return options.run(new OperationCommand.RollBack(collection.reference(), target));
  }
}
