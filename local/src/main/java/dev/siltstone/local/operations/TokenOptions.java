package dev.siltstone.local.operations;

import dev.siltstone.access.aws.DeployedTokens;
import dev.siltstone.local.node.LocalTokens;
import dev.siltstone.report.Report;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whose tokens: those of a folder, or, with a table, those of a deployed stack. */
final class TokenOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "Answers one JSON object instead of text.")
  private boolean json;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder of a local store (${DEFAULT-VALUE}).")
  private Path data = Path.of("siltstone-data");

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table of a deployed stack, instead of a folder: its output Table.")
  private @Nullable String table;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The stack's region, if it is not the one of your AWS configuration.")
  private @Nullable String region;

  OpenTokens open() {
    String deployed = table;
    if (deployed == null) {
      LocalTokens tokens = LocalTokens.in(data);
      return new OpenTokens(tokens, tokens);
    }
    DeployedTokens tokens =
        DeployedTokens.in(deployed, region, System.getenv(), Clock.system(), new SecureRandom());
    return new OpenTokens(tokens, tokens);
  }

  void show(Report report) {
    report.print(command.commandLine().getOut(), json);
  }
}
