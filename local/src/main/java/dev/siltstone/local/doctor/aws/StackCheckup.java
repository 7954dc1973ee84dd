package dev.siltstone.local.doctor.aws;

import dev.siltstone.aws.AwsCalls;
import dev.siltstone.aws.AwsClients;
import dev.siltstone.aws.AwsEndpoints;
import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.collection.aws.DynamoCatalog;
import dev.siltstone.lease.aws.DynamoLeaseStore;
import dev.siltstone.local.doctor.Finding;
import dev.siltstone.local.doctor.StoreCheckup;
import dev.siltstone.log.aws.DynamoDeltaLog;
import dev.siltstone.storage.aws.S3ObjectStore;
import dev.siltstone.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Reaches bucket, table and queues of a stack with the caller's own credentials. What writes need
 * is tried by writes whose condition cannot hold: they are refused for the condition where they are
 * allowed, and nothing is ever written.
 */
public final class StackCheckup implements AutoCloseable {
  private static final Duration SKEW = Duration.ofSeconds(30);

  /** Signatures are valid for five minutes. */
  private static final Duration TOO_MUCH_SKEW = Duration.ofMinutes(4);

  private static final String NOTHING = "doctor#nothing";

  private final Stack stack;
  private final ServerTime time;
  private final AwsClients clients;
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;
  private final Clock clock;
  private final AwsCalls calls;

  private StackCheckup(
      Stack stack, ServerTime time, AwsClients clients, Clock clock, RandomGenerator random) {
    this.stack = stack;
    this.time = time;
    this.clients = clients;
    this.s3 = clients.s3();
    this.dynamoDb = clients.dynamoDb();
    this.sqs = clients.sqs();
    this.clock = clock;
    this.calls = new AwsCalls(clock, random);
  }

  /**
   * A check-up with the credentials that the SDK finds by itself.
   *
   * @param environment for endpoints other than the region's own
   */
  public static StackCheckup of(
      Stack stack, Map<String, String> environment, Clock clock, RandomGenerator random) {
    String region = stack.region();
    return of(
        stack,
        AwsEndpoints.from(environment),
        builder -> {
          if (region != null) {
            builder.region(Region.of(region));
          }
        },
        clock,
        random);
  }

  /**
   * A check-up with given credentials.
   *
   * @param identity sets region and credentials
   */
  public static StackCheckup of(
      Stack stack,
      AwsEndpoints endpoints,
      Consumer<AwsClientBuilder<?, ?>> identity,
      Clock clock,
      RandomGenerator random) {
    ServerTime time = new ServerTime();
    AwsClients clients = AwsClients.over(AwsClients.newHttpClient(), endpoints, identity, time);
    return new StackCheckup(stack, time, clients, clock, random);
  }

  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Finding table = table();
    Finding bucket = bucket();
    findings.add(table);
    findings.add(time());
    findings.add(bucket);
    findings.add(tableWrites());
    findings.add(bucketWrites());
    findings.add(queue());
    findings.add(deadLetters());
    findings.add(
        Finding.skipped(
            "functions",
            "concurrency and memory quotas, versions and runtimes need a client that is not here",
            "aws lambda get-account-settings; aws lambda get-function-configuration"
                + " --function-name <QueryFunction>"));
    if (table.level() == Finding.Level.OK && bucket.level() == Finding.Level.OK) {
      findings.addAll(collections());
    }
    return findings;
  }

  private Finding table() {
    return answered(
        "table",
        "the output Table of the stack, dynamodb:GetItem",
        () -> {
          dynamoDb.getItem(b -> b.tableName(stack.table()).key(key()).consistentRead(true));
          return Finding.ok("table", stack.table() + " answers");
        });
  }

  private Finding bucket() {
    return answered(
        "bucket",
        "the output Bucket of the stack, s3:ListBucket",
        () -> {
          s3.listObjectsV2(b -> b.bucket(stack.bucket()).maxKeys(1));
          return Finding.ok("bucket", stack.bucket() + " answers");
        });
  }

  private Finding tableWrites() {
    return answered(
        "table, writing",
        "dynamodb:PutItem, where an administrator's commands write",
        () -> {
          try {
            dynamoDb.putItem(b ->
                b.tableName(stack.table()).item(key()).conditionExpression("attribute_exists(pk)"));
          } catch (ConditionalCheckFailedException allowed) {
            return Finding.ok("table, writing", "allowed");
          }
          return Finding.fail("table, writing", "a condition that cannot hold held", "report this");
        });
  }

  private Finding bucketWrites() {
    return answered(
        "bucket, writing",
        "s3:PutObject, where an administrator's commands write",
        () -> {
          try {
            s3.putObject(
                b -> b.bucket(stack.bucket()).key("doctor/nothing").ifMatch("\"nothing\""),
                RequestBody.empty());
          } catch (S3Exception e) {
            if (e.statusCode() == 412 || e.statusCode() == 404) {
              return Finding.ok("bucket, writing", "allowed");
            }
            throw e;
          }
          return Finding.fail(
              "bucket, writing", "a condition that cannot hold held", "report this");
        });
  }

  private Finding queue() {
    String url = stack.queue();
    if (url == null) {
      return Finding.skipped("queue", "not named", "--queue with the output NoticeQueue");
    }
    return answered(
        "queue",
        "the output NoticeQueue of the stack, sqs:GetQueueAttributes",
        () -> Finding.ok("queue", waiting(url) + " notices wait"));
  }

  private Finding deadLetters() {
    String url = stack.deadLetters();
    if (url == null) {
      return Finding.skipped(
          "dead letters", "not named", "--dead-letters with the output DeadNoticeQueue");
    }
    return answered(
        "dead letters",
        "the URL of the dead-letter queue, sqs:GetQueueAttributes",
        () -> {
          long waiting = waiting(url);
          return waiting == 0
              ? Finding.ok("dead letters", "none")
              : Finding.warn(
                  "dead letters",
                  waiting + " notices failed five times",
                  "the compactor's log says why; the sweep does their work: then purge the queue");
        });
  }

  private long waiting(String url) {
    return Long.parseLong(
        sqs.getQueueAttributes(b ->
                b.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }

  private Finding time() {
    Instant theirs = time.last().orElse(null);
    if (theirs == null) {
      return Finding.skipped("clock", "no service has answered", "");
    }
    Duration skew = Duration.between(theirs, clock.now()).abs();
    String found = "%d s from AWS's".formatted(skew.toSeconds());
    String advice = "set this machine's clock: signatures are refused from five minutes on";
    return skew.compareTo(TOO_MUCH_SKEW) > 0
        ? Finding.fail("clock", found, advice)
        : skew.compareTo(SKEW) > 0
            ? Finding.warn("clock", found, advice)
            : Finding.ok("clock", found);
  }

  private List<Finding> collections() {
    AwsTable table = new AwsTable(dynamoDb, stack.table(), calls);
    return new StoreCheckup(
            new DynamoCatalog(table),
            new DynamoDeltaLog(table),
            new DynamoLeaseStore(table),
            new S3ObjectStore(s3, stack.bucket(), calls),
            clock)
        .findings();
  }

  private static Finding answered(String check, String needed, Supplier<Finding> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      return Finding.fail(
          check,
          e.awsErrorDetails() == null
              ? "answers " + e.statusCode()
              : e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage(),
          "needed: " + needed);
    } catch (SdkClientException e) {
      return Finding.fail(
          check,
          String.valueOf(e.getMessage()),
          "credentials (aws sts get-caller-identity), region, and the way to the endpoint");
    } catch (SdkException e) {
      return Finding.fail(check, String.valueOf(e.getMessage()), "needed: " + needed);
    }
  }

  private static Map<String, AttributeValue> key() {
    return Map.of(
        TableLayout.PK, AttributeValue.fromS(NOTHING), TableLayout.SK, AttributeValue.fromN("0"));
  }

  @Override
  public void close() {
    clients.close();
  }
}
