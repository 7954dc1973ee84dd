package dev.siltstone.local;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Commands for picocli without reflection, for the one way through the command line on which
 * milliseconds count: that of a server to its first answer.
 */
final class PlainCommand {
  /** Picocli's own would look for Groovy first, in all jars. */
  private static final IFactory FACTORY = PlainCommand::create;

  private PlainCommand() {}

  /** A command with the options for help and version that annotated commands have. */
  static CommandSpec of(Object command, String name, String description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
    spec.usageMessage().description(description);
    return spec.versionProvider(new Version())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
  }

  /** Its command line. */
  static CommandLine line(CommandSpec spec) {
    return new CommandLine(spec, FACTORY);
  }

  private static <T> T create(Class<T> type) throws Exception {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
