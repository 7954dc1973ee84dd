package dev.siltstone.access.aws;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.TokenId;
import dev.siltstone.access.TokenStore;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a deployed stack, for the command line: over the caller's own credentials, which
 * must allow reading and writing the table.
 */
public final class DeployedTokens implements TokenStore, AutoCloseable {
  private final AwsClients clients;
  private final TokenStore store;

  private DeployedTokens(AwsClients clients, TokenStore store) {
    this.clients = clients;
    this.store = store;
  }

  /**
   * Opens them.
   *
   * @param region null for the one that the AWS configuration names
   * @param environment for endpoints other than the region's own
   */
  public static DeployedTokens in(
      String table,
      @Nullable String region,
      Map<String, String> environment,
      Clock clock,
      RandomGenerator random) {
    AwsClients clients = AwsClients.in(region, AwsEndpoints.from(environment));
    return new DeployedTokens(
        clients,
        new DynamoTokenStore(new AwsTable(clients.dynamoDb(), table, new AwsCalls(clock, random))));
  }

  @Override
  public void add(AccessToken token) {
    store.add(token);
  }

  @Override
  public List<AccessToken> list() {
    return store.list();
  }

  @Override
  public boolean revoke(TokenId id) {
    return store.revoke(id);
  }

  @Override
  public void close() {
    clients.close();
  }
}
