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
      command.getErr().println(name + ": " + explained(failure));
      return CommandLine.ExitCode.SOFTWARE;
    }
    command.getErr().println(name + ": unexpected failure");
    failure.printStackTrace(command.getErr());
    return BUG;
  }

  /** The message and what lies behind it, such as a folder that may not be written. */
  private static String explained(Exception failure) {
    Throwable cause = failure.getCause();
    return failure instanceof SiltstoneException && cause != null
        ? failure.getMessage() + " (" + cause + ")"
        : String.valueOf(failure.getMessage());
  }
}
