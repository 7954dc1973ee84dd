package dev.siltstone.local.operations;

import dev.siltstone.local.node.LocalStore;
import dev.siltstone.local.terminal.Progress;
import dev.siltstone.local.terminal.Screen;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which folder a command works on, and how it answers; every command has these. */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder that holds everything (${DEFAULT-VALUE}).")
  private Path data = Path.of("siltstone-data");

  @Option(names = "--json", description = "Answers one JSON object instead of text.")
  private boolean json;

  /**
   * Opens the store, beside any server that uses it.
   *
   * @throws dev.siltstone.failure.SiltstoneException if there is none or it cannot be used
   */
  LocalStore open() {
    return LocalStore.open(data, Clock.system());
  }

  /** Shows a report as it was asked for. */
  void show(Report report) {
    report.print(command.commandLine().getOut(), json);
  }

  /** Shows how far some work is, on the error output. */
  Progress progress(String label, long total) {
    return new Progress(Screen.on(command.commandLine().getErr()), label, total);
  }
}
