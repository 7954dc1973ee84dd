package dev.siltstone.local.operations;

import dev.siltstone.local.node.Keeping;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.local.terminal.Progress;
import dev.siltstone.local.terminal.Screen;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.operations.command.Answered;
import dev.siltstone.operations.command.OperationCommand;
import dev.siltstone.operations.command.Operations;
import dev.siltstone.report.Report;
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
   * Carries out a command and shows its answer.
   *
   * @return the exit code
   */
  int run(OperationCommand asked) {
    return run(asked, Keeping.DEFAULT);
  }

  /** The same, for a command that deletes what is not kept. */
  int run(OperationCommand asked, Keeping keeping) {
    try (LocalStore store = LocalStore.open(data, keeping, Clock.system())) {
      Answered answered =
          new Operations(store.workplace()).run(asked, store.deadline(), this::progress);
      show(answered.report());
      return answered.clean() ? 0 : 1;
    }
  }

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
  WorkProgress.Step progress(String label, long total) {
    return progress(command, label, total);
  }

  /** Shows how far some work of a command is, on the error output. */
  static WorkProgress.Step progress(CommandSpec command, String label, long total) {
    Progress bar = new Progress(Screen.on(command.commandLine().getErr()), label, total);
    return new WorkProgress.Step() {
      @Override
      public void advance(long count) {
        bar.advance(count);
      }

      @Override
      public void close() {
        bar.end();
      }
    };
  }
}
