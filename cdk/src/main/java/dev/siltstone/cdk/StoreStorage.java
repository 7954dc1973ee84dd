package dev.siltstone.cdk;

import dev.siltstone.aws.TableLayout;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Where the data is: a bucket of immutable files and pointers, a table of logs and catalog, a queue
 * of notices. Bucket and table are kept when the stack goes.
 */
public final class StoreStorage extends Construct {
  private static final Duration NOTICE_INVISIBLE = Duration.minutes(30);
  private static final int MAX_RECEIVES = 5;

  private final Bucket bucket;
  private final TableV2 table;
  private final Queue notices;
  private final Queue deadLetters;

  StoreStorage(Construct scope, String id) {
    super(scope, id);
    bucket =
        Bucket.Builder.create(this, "Data")
            .encryption(BucketEncryption.S3_MANAGED)
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .enforceSsl(true)
            .removalPolicy(RemovalPolicy.RETAIN)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .id("abort-unfinished-uploads")
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
            .build();
    table =
        TableV2.Builder.create(this, "Table")
            .partitionKey(attribute(TableLayout.PK, AttributeType.STRING))
            .sortKey(attribute(TableLayout.SK, AttributeType.NUMBER))
            .globalSecondaryIndexes(
                List.of(
                    GlobalSecondaryIndexPropsV2.builder()
                        .indexName(TableLayout.BACKLOG_INDEX)
                        .partitionKey(attribute(TableLayout.BACKLOG, AttributeType.STRING))
                        .sortKey(attribute(TableLayout.PK, AttributeType.STRING))
                        .projectionType(ProjectionType.KEYS_ONLY)
                        .build()))
            .timeToLiveAttribute(TableLayout.TTL)
            .pointInTimeRecoverySpecification(
                PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    deadLetters =
        Queue.Builder.create(this, "DeadNotices")
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    notices =
        Queue.Builder.create(this, "Notices")
            .enforceSsl(true)
            .visibilityTimeout(NOTICE_INVISIBLE)
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
            .build();
  }

  public Bucket bucket() {
    return bucket;
  }

  public TableV2 table() {
    return table;
  }

  public Queue notices() {
    return notices;
  }

  public Queue deadLetters() {
    return deadLetters;
  }

  private static Attribute attribute(String name, AttributeType type) {
    return Attribute.builder().name(name).type(type).build();
  }
}
