package dev.siltstone.local.operations;

import dev.siltstone.access.aws.DeployedTokens;
import dev.siltstone.local.node.LocalTokens;
import dev.siltstone.report.Report;
import dev.siltstone.time.Clock;
import java.security.SecureRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whose tokens: those of a folder, or, with a table, those of a deployed stack. */
final class TokenOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "Answers one JSON object instead of text.")
  private boolean json;

  @Mixin private StoreChoice store = new StoreChoice();

  OpenTokens open() {
    String table = store.table();
    if (table == null) {
      LocalTokens tokens = LocalTokens.in(store.data());
      return new OpenTokens(tokens, tokens);
    }
    DeployedTokens tokens =
        DeployedTokens.in(
            table, store.region(), System.getenv(), Clock.system(), new SecureRandom());
    return new OpenTokens(tokens, tokens);
  }

  void show(Report report) {
    report.print(command.commandLine().getOut(), json);
  }
}
