package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What has become of a write. */
@Command(
    name = "receipt",
    description = {
      "Says what has become of a write: accepted, folded and in which snapshot, void, or"
          + " quarantined and why.",
      "Exits with 1 if the write is quarantined or unknown."
    },
    mixinStandardHelpOptions = true)
public final class ReceiptCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private NamedCollection collection = new NamedCollection();

  @Parameters(
      index = "1",
      paramLabel = "WRITE",
      description = "Its sequence (the freshness token), or its delta's id.")
  private String write = "";

  @Override
  public Integer call() {
    return options.run(new OperationCommand.Receipt(collection.reference(), write));
  }
}
