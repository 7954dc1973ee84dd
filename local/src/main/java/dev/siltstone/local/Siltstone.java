package dev.siltstone.local;

import dev.siltstone.local.cost.CostCommand;
import dev.siltstone.local.doctor.DoctorCommand;
import dev.siltstone.local.operations.BackupCommand;
import dev.siltstone.local.operations.CompactCommand;
import dev.siltstone.local.operations.GcCommand;
import dev.siltstone.local.operations.QuarantineCommand;
import dev.siltstone.local.operations.ReceiptCommand;
import dev.siltstone.local.operations.RestoreCommand;
import dev.siltstone.local.operations.RollbackCommand;
import dev.siltstone.local.operations.SnapshotsCommand;
import dev.siltstone.local.operations.StatsCommand;
import dev.siltstone.local.operations.TokenCommand;
import dev.siltstone.local.operations.VerifyCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/** The command line, {@code ./siltstone}. */
public final class Siltstone {
  private static final Map<String, Class<?>> COMMANDS = commands();

  private Siltstone() {}

  public static void main(String[] args) {
    if (args.length > 0 && (args[0].equals("serve") || args[0].equals("train"))) {
      FirstUse.inBackground();
    }
    System.exit(commandLine(args).execute(args));
  }

  /**
   * The commands, set up to report failures in one line.
   *
   * @param args where the first one names a command, only that one is set up: reading the options
   *     of all of them would take longer than a server needs to start
   */
  public static CommandLine commandLine(String... args) {
    CommandSpec root =
        PlainCommand.of(
            new Siltstone(), "siltstone", "A vector database that speaks Chroma's HTTP API.");
    root.usageMessage().synopsisSubcommandLabel("COMMAND");
    CommandLine line = PlainCommand.line(root);
    Class<?> asked = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (asked == null || asked == HelpCommand.class) {
      COMMANDS.keySet().forEach(name -> line.addSubcommand(name, command(name)));
    } else {
      line.addSubcommand(args[0], command(args[0]));
    }
    return line.setExecutionExceptionHandler(new FailureReport()).setUsageHelpAutoWidth(true);
  }

  private static CommandLine command(String name) {
    Class<?> type = Objects.requireNonNull(COMMANDS.get(name));
    return type == ServeCommand.class
        ? PlainCommand.line(ServeCommand.spec())
        : new CommandLine(type);
  }

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand.class);
    commands.put("demo", DemoCommand.class);
    commands.put("stats", StatsCommand.class);
    commands.put("compact", CompactCommand.class);
    commands.put("verify", VerifyCommand.class);
    commands.put("snapshots", SnapshotsCommand.class);
    commands.put("rollback", RollbackCommand.class);
    commands.put("receipt", ReceiptCommand.class);
    commands.put("quarantine", QuarantineCommand.class);
    commands.put("token", TokenCommand.class);
    commands.put("gc", GcCommand.class);
    commands.put("backup", BackupCommand.class);
    commands.put("restore", RestoreCommand.class);
    commands.put("cost", CostCommand.class);
    commands.put("doctor", DoctorCommand.class);
    commands.put("train", TrainingCommand.class);
    commands.put("help", HelpCommand.class);
    return commands;
  }
}
