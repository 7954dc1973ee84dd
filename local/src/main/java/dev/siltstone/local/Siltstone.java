package dev.siltstone.local;

import dev.siltstone.local.cost.CostCommand;
import dev.siltstone.local.operations.CompactCommand;
import dev.siltstone.local.operations.GcCommand;
import dev.siltstone.local.operations.QuarantineCommand;
import dev.siltstone.local.operations.ReceiptCommand;
import dev.siltstone.local.operations.RollbackCommand;
import dev.siltstone.local.operations.SnapshotsCommand;
import dev.siltstone.local.operations.StatsCommand;
import dev.siltstone.local.operations.TokenCommand;
import dev.siltstone.local.operations.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line, {@code ./siltstone}. */
@Command(
    name = "siltstone",
    description = "A vector database that speaks Chroma's HTTP API.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      StatsCommand.class,
      CompactCommand.class,
      VerifyCommand.class,
      SnapshotsCommand.class,
      RollbackCommand.class,
      ReceiptCommand.class,
      QuarantineCommand.class,
      TokenCommand.class,
      GcCommand.class,
      CostCommand.class,
      TrainingCommand.class,
      HelpCommand.class
    })
public final class Siltstone {
  private Siltstone() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The commands, set up to report failures in one line. */
  public static CommandLine commandLine() {
    return new CommandLine(new Siltstone())
        .setExecutionExceptionHandler(new FailureReport())
        .setUsageHelpAutoWidth(true);
  }
}
