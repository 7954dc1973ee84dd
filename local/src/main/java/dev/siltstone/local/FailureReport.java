package dev.siltstone.local;

import dev.siltstone.failure.SiltstoneException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What went wrong, in one line where a person can act on it; with its trace where not. */
final class FailureReport implements IExecutionExceptionHandler {
  private static final int BUG = 70;

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    if (failure instanceof SiltstoneException || failure instanceof UsageException) {
      command.getErr().println(name + ": " + failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    command.getErr().println(name + ": unexpected failure");
    failure.printStackTrace(command.getErr());
    return BUG;
  }
}
