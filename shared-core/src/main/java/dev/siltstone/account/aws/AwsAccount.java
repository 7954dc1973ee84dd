package dev.siltstone.account.aws;

import dev.siltstone.api.AccessGuard;
import dev.siltstone.api.aws.ConfiguredAccess;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.RequestCostInterceptor;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.embedding.aws.ConfiguredEmbedding;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.aws.SqsNoticeQueue;
import dev.siltstone.settings.SettingName;
import dev.siltstone.settings.Settings;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * The services of one AWS account as the settings name them, built once for the life of a sandbox.
 *
 * @param table for the seams that only one function has
 */
public record AwsAccount(
    Settings settings,
    AwsClients clients,
    AwsTable table,
    ObjectStore store,
    DeltaLog log,
    Catalog catalog,
    NoticeQueue notices,
    TimeOrderedIds ids,
    Clock clock,
    RandomGenerator random) {
  /**
   * Builds the clients; calls nothing.
   *
   * @throws IllegalStateException if a setting is missing
   */
  public static AwsAccount of(Settings settings) {
    Clock clock = Clock.system();
    RandomGenerator random = new SecureRandom();
    AwsClients clients =
        AwsClients.of(AwsEndpoints.from(settings.environment()), new RequestCostInterceptor());
    AwsCalls calls = new AwsCalls(clock, random);
    AwsTable table = new AwsTable(clients.dynamoDb(), settings.get(SettingName.TABLE), calls);
    return new AwsAccount(
        settings,
        clients,
        table,
        new S3ObjectStore(clients.s3(), settings.get(SettingName.BUCKET), calls),
        new DynamoDeltaLog(table),
        new DynamoCatalog(table),
        new SqsNoticeQueue(clients.sqs(), settings.get(SettingName.QUEUE_URL), calls),
        new TimeOrderedIds(clock, random),
        clock,
        random);
  }

  /** The log's write protocol. */
  public Commit commit() {
    return new Commit(log, store, ids, clock, random);
  }

  /** The log's read protocol. */
  public LogReader reader() {
    return new LogReader(log, clock, random, LogReader.DEFAULT_GRACE);
  }

  /** The embedding functions that the settings choose. */
  public EmbeddingFunctions embedding() {
    return ConfiguredEmbedding.of(settings, clients::bedrock, clock, random);
  }

  /** Whether tokens are asked for, as the settings say, and which there are. */
  public AccessGuard guard() {
    return ConfiguredAccess.of(settings, table, clock);
  }
}
