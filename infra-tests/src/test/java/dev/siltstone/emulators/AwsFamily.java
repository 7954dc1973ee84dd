package dev.siltstone.emulators;

import dev.siltstone.access.TokenStore;
import dev.siltstone.access.aws.DynamoTokenStore;
import dev.siltstone.aws.AwsCallCounter;
import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.contract.Family;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.aws.DynamoLeaseStore;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogRestore;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.log.aws.DynamoLogRestore;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.notice.aws.SqsNoticeQueue;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Every adapter of the AWS family, as one process has them: its own connections, calls counted,
 * faults on demand. Bucket, table and queue are made when they are first used.
 */
public final class AwsFamily implements Family {
  /** An emulator may still be warming up, on a machine that does other things as well. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AwsServices services;
  private final AwsNames names;
  private final FaultyHttpClient http = new FaultyHttpClient(AwsClients.newHttpClient());
  private final AwsCallCounter counter = new AwsCallCounter();
  private final AwsCalls calls = new AwsCalls(Clock.system(), new Random());
  private final AwsClients clients;

  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;

  private AwsFamily(AwsServices services, AwsNames names) {
    this.services = services;
    this.names = names;
    this.clients =
        AwsClients.over(http, services.endpoints(), services::identify, counter).waiting(PATIENCE);
    this.s3 = clients.s3();
    this.dynamoDb = clients.dynamoDb();
    this.sqs = clients.sqs();
  }

  /** A family with a new bucket, table and queue, which no other test touches. */
  public static AwsFamily create(AwsServices services) {
    return new AwsFamily(services, new AwsNames("siltstone-" + UUID.randomUUID()));
  }

  /** The same bucket, table and queue, as another process sees them. */
  public AwsFamily another() {
    return new AwsFamily(services, names);
  }

  public S3Client s3() {
    return s3;
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  public SqsClient sqs() {
    return sqs;
  }

  /** The bucket's name; the bucket exists. */
  public String bucket() {
    return names.bucket(this);
  }

  /** The table's name; the table exists. */
  public String tableName() {
    return names.table(this);
  }

  /** The queue's URL; the queue exists. */
  public String queueUrl() {
    return names.queueUrl(this);
  }

  /** The URL of a queue that tells of dropped files; the queue exists. */
  public String importQueueUrl() {
    return names.importQueueUrl(this);
  }

  public AwsTable table() {
    return new AwsTable(dynamoDb(), tableName(), calls);
  }

  @Override
  public ObjectStore store() {
    return new S3ObjectStore(s3(), bucket(), calls);
  }

  @Override
  public Catalog catalog() {
    return new DynamoCatalog(table());
  }

  @Override
  public TokenStore tokens() {
    return new DynamoTokenStore(table());
  }

  @Override
  public DeltaLog log() {
    return new DynamoDeltaLog(table());
  }

  @Override
  public LogRestore logRestore() {
    return new DynamoLogRestore(table());
  }

  @Override
  public LeaseStore leases() {
    return new DynamoLeaseStore(table());
  }

  @Override
  public NoticeQueue queue() {
    return new SqsNoticeQueue(sqs(), queueUrl(), calls);
  }

  public AwsCallCounter counter() {
    return counter;
  }

  /** Where faults are planned. */
  public FaultyHttpClient faults() {
    return http;
  }

  @Override
  public void close() {
    clients.close();
  }
}
