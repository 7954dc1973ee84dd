package dev.siltstone.local.operations;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenId;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import dev.siltstone.time.Clock;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Access tokens of a local store or of a deployed stack. */
@Command(
    name = "token",
    description = "Makes, lists and revokes access tokens; running servers follow in seconds.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.Listing.class,
      TokenCommand.Revoke.class
    })
public final class TokenCommand {
  /** Makes one and shows its secret, this once. */
  @Command(
      name = "create",
      description = "Makes a token and shows it, once: only its hash is kept.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Mixin private TokenOptions options = new TokenOptions();

    @Parameters(paramLabel = "NAME", description = "What it is for.")
    private String name = "";

    @Option(
        names = "--role",
        paramLabel = "read|write|admin",
        description =
            "read: records; write: also collections; admin: also databases and tenants"
                + " (${DEFAULT-VALUE}).")
    private String role = Role.READ.text();

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        description = "The only tenant that it reaches. May be repeated; all if not given.")
    private Set<String> tenants = Set.of();

    @Option(
        names = "--database",
        paramLabel = "DATABASE",
        description = "The only database that it reaches. May be repeated; all if not given.")
    private Set<String> databases = Set.of();

    @Override
    public Integer call() throws Exception {
      TokenSecret secret = TokenSecret.fresh(new SecureRandom());
      AccessToken token =
          new AccessToken(
              secret.id(),
              name,
              Role.parse(role),
              new Scope(
                  tenants.stream().map(TenantName::new).collect(Collectors.toUnmodifiableSet()),
                  databases.stream()
                      .map(DatabaseName::new)
                      .collect(Collectors.toUnmodifiableSet())),
              secret.hash(),
              Clock.system().now());
      try (OpenTokens tokens = options.open()) {
        tokens.store().add(token);
      }
      options.show(
          new Report()
              .fact("id", Figure.text(token.id()))
              .fact("role", Figure.text(token.role().text()))
              .fact("tenants", names(token.scope().tenants()))
              .fact("databases", names(token.scope().databases()))
              .fact("token", Figure.text(secret.reveal())));
      return 0;
    }
  }

  /** Lists them, without secrets. */
  @Command(
      name = "list",
      description = "Lists the tokens, without their secrets.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Callable<Integer> {
    @Mixin private TokenOptions options = new TokenOptions();

    @Override
    public Integer call() throws Exception {
      Table table = new Table("tokens", "id", "name", "role", "tenants", "databases", "created_at");
      try (OpenTokens tokens = options.open()) {
        for (AccessToken token : tokens.store().list()) {
          table.row(
              Figure.text(token.id()),
              Figure.text(token.name()),
              Figure.text(token.role().text()),
              names(token.scope().tenants()),
              names(token.scope().databases()),
              Figure.moment(token.createdAt()));
        }
      }
      options.show(new Report().table(table));
      return 0;
    }
  }

  /** Ends one. */
  @Command(
      name = "revoke",
      description = "Ends a token; servers refuse it within five seconds.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    @Mixin private TokenOptions options = new TokenOptions();

    @Parameters(paramLabel = "ID", description = "As the list shows it.")
    private String id = "";

    @Override
    public Integer call() throws Exception {
      TokenId token = TokenId.parse(id);
      try (OpenTokens tokens = options.open()) {
        if (!tokens.store().revoke(token)) {
          throw new NotFoundException("there is no token " + id);
        }
      }
      options.show(new Report().fact("revoked", Figure.text(token)));
      return 0;
    }
  }

  private static Figure names(Collection<?> names) {
    return names.isEmpty()
        ? Figure.text("all")
        : Figure.text(
            names.stream().map(Object::toString).sorted().collect(Collectors.joining(" ")));
  }
}
