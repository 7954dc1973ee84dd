package dev.siltstone.local.operations;

import dev.siltstone.operations.command.OperationCommand;
import dev.siltstone.operations.command.OperationCommand.Verify.Extent;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves from the stored files that a snapshot is what its manifest says. */
@Command(
    name = "verify",
    description = {
      "Reads every byte of a snapshot and proves that it is what its manifest says: checksums of"
          + " files, indexes against rows, and the sum of all records.",
      "Exits with 1 if anything differs, and names it.",
      "With --recall also: what share of the 10 nearest records the snapshot's index finds for 100"
          + " queries near stored vectors, and what an index that hnswlib-core builds of up to"
          + " 10,000 of the records finds of theirs, and of what ours has found."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private NamedCollection collection = new NamedCollection();

  @Option(
      names = "--snapshot",
      paramLabel = "SNAPSHOT",
      description = "A retained snapshot (the newest); see snapshots.")
  private @Nullable String snapshot;

  @Option(names = "--all", description = "The newest and all retained snapshots.")
  private boolean all;

  @Option(names = "--recall", description = "Measures what the index finds, too.")
  private boolean recall;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Decides queries and sample of --recall (${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() {
    return options.run(
        new OperationCommand.Verify(
            collection.reference(), snapshot, all ? Extent.ALL : Extent.ONE, recall ? seed : null));
  }
}
