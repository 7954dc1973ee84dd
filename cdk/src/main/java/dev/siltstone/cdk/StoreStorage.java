package dev.siltstone.cdk;

import dev.siltstone.aws.TableLayout;
import dev.siltstone.cdk.props.SiltstoneStoreProps;
import dev.siltstone.cdk.props.StorageProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Where the data is: a bucket of immutable files and pointers, a table of logs and catalog, a queue
 * of notices. Bucket and table are kept when the stack goes, unless the properties say otherwise.
 */
public final class StoreStorage extends Construct {
  private static final int MAX_RECEIVES = 5;
  private static final Duration DELETED_OBJECTS_STAY = Duration.days(7);

  private final RemovalPolicy removal;
  private final @Nullable IKey key;
  private final Bucket bucket;
  private final TableV2 table;
  private final Queue deadLetters;
  private final Queue notices;

  StoreStorage(Construct scope, String id, SiltstoneStoreProps props) {
    super(scope, id);
    String keyArn = props.storage().keyArn();
    removal = props.storage().keepData() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    key = keyArn == null ? null : Key.fromKeyArn(this, "Key", keyArn);
    bucket = newBucket(props.storage());
    BucketRules.statements(bucket).forEach(bucket::addToResourcePolicy);
    table = newTable();
    deadLetters =
        Queue.Builder.create(this, "DeadNotices")
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    notices = newQueue(props.functions().compactor().minutes());
    NagReasons.storage(this);
  }

  private Bucket newBucket(StorageProps props) {
    List<LifecycleRule> rules = new ArrayList<>();
    rules.add(
        LifecycleRule.builder()
            .id("abort-unfinished-uploads")
            .abortIncompleteMultipartUploadAfter(Duration.days(1))
            .build());
    if (props.versioned()) {
      rules.add(
          LifecycleRule.builder()
              .id("forget-deleted-objects")
              .noncurrentVersionExpiration(DELETED_OBJECTS_STAY)
              .expiredObjectDeleteMarker(true)
              .build());
    }
    return Bucket.Builder.create(this, "Data")
        .encryption(key == null ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS)
        .encryptionKey(key)
        .bucketKeyEnabled(key != null)
        .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
        .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
        .enforceSsl(true)
        .minimumTlsVersion(1.2)
        .versioned(props.versioned())
        .removalPolicy(removal)
        .lifecycleRules(rules)
        .build();
  }

  private TableV2 newTable() {
    return TableV2.Builder.create(this, "Table")
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
        .removalPolicy(removal)
        .build();
  }

  /** AWS advises to hide messages for six times as long as the function may take. */
  private Queue newQueue(int compactorMinutes) {
    return Queue.Builder.create(this, "Notices")
        .enforceSsl(true)
        .visibilityTimeout(Duration.minutes(6 * compactorMinutes))
        .deadLetterQueue(
            DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(MAX_RECEIVES).build())
        .build();
  }

  /** What a function needs to use the given key through S3; empty without one. */
  List<Permission> keyUse(String region) {
    return key == null
        ? List.of()
        : List.of(
            new Permission(
                "UseKey",
                "objects are encrypted with the given key",
                List.of("kms:Decrypt", "kms:GenerateDataKey"),
                List.of(key.getKeyArn()),
                Map.of(
                    "StringEquals", Map.of("kms:ViaService", "s3." + region + ".amazonaws.com"))));
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
