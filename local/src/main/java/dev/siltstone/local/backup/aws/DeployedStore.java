package dev.siltstone.local.backup.aws;

import dev.siltstone.access.aws.DynamoTokenStore;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.lease.aws.DynamoLeaseStore;
import dev.siltstone.local.backup.OpenStore;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.log.aws.DynamoLogRestore;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.time.Clock;
import java.nio.file.Files;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opens the store of a deployed stack, over the caller's own credentials. */
public final class DeployedStore {
  private DeployedStore() {}

  /**
   * Opens it; calls nothing yet.
   *
   * @param region null for the one that the AWS configuration names
   * @param environment for endpoints other than the region's own
   */
  public static OpenStore open(
      String table,
      String bucket,
      @Nullable String region,
      Map<String, String> environment,
      Clock clock,
      RandomGenerator random) {
    AwsClients clients = AwsClients.in(region, AwsEndpoints.from(environment));
    AwsCalls calls = new AwsCalls(clock, random);
    AwsTable items = new AwsTable(clients.dynamoDb(), table, calls);
    return new OpenStore(
        new DynamoCatalog(items),
        new S3ObjectStore(clients.s3(), bucket, calls),
        new DynamoDeltaLog(items),
        new DynamoLogRestore(items),
        new DynamoLeaseStore(items),
        new DynamoTokenStore(items),
        () -> Files.createTempDirectory("siltstone-copy"),
        clients::close);
  }
}
