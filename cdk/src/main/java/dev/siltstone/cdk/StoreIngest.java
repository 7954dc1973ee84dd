package dev.siltstone.cdk;

import dev.siltstone.cdk.props.IngestProps;
import dev.siltstone.log.OperationMarks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Ways in for writes besides the API and invocations, each an option. */
public final class StoreIngest extends Construct {
  private final StoreStorage storage;
  private final @Nullable IngestQueue writes;
  private final @Nullable IngestQueue files;

  StoreIngest(Construct scope, String id, StoreStorage storage, IngestProps props) {
    super(scope, id);
    this.storage = storage;
    this.writes = props.queue() ? new IngestQueue(this, "Writes") : null;
    this.files = props.files() ? new IngestQueue(this, "Files") : null;
    if (files != null) {
      announceFiles(files.queue());
    }
  }

  /**
   * By the bucket's own configuration, which needs no function of the CDK's. The queue's policy
   * cannot name the bucket, since each would wait for the other.
   */
  private void announceFiles(Queue queue) {
    var policy =
        queue.addToResourcePolicy(
            PolicyStatement.Builder.create()
                .sid("BucketsAnnounceFiles")
                .effect(Effect.ALLOW)
                .principals(List.of(new ServicePrincipal("s3.amazonaws.com")))
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(queue.getQueueArn()))
                .conditions(
                    Map.of(
                        "StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
                .build());
    var bucket = (CfnBucket) Objects.requireNonNull(storage.bucket().getNode().getDefaultChild());
    bucket.setNotificationConfiguration(
        CfnBucket.NotificationConfigurationProperty.builder()
            .queueConfigurations(List.of(newFiles(queue)))
            .build());
    bucket.getNode().addDependency(Objects.requireNonNull(policy.getPolicyDependable()));
  }

  private static CfnBucket.QueueConfigurationProperty newFiles(Queue queue) {
    return CfnBucket.QueueConfigurationProperty.builder()
        .event("s3:ObjectCreated:*")
        .queue(queue.getQueueArn())
        .filter(
            CfnBucket.NotificationFilterProperty.builder()
                .s3Key(
                    CfnBucket.S3KeyFilterProperty.builder()
                        .rules(
                            List.of(
                                CfnBucket.FilterRuleProperty.builder()
                                    .name("prefix")
                                    .value("import/")
                                    .build()))
                        .build())
                .build())
        .build();
  }

  /** Has the producer take what comes in. */
  void feed(StoreFunction producer) {
    StorePermissions permissions = new StorePermissions(storage);
    if (writes != null || files != null) {
      producer.grant(permissions.repeatedWrites());
    }
    if (writes != null) {
      writes.feed(
          producer,
          "TakeWrites",
          "Lambda takes small writes from the ingest queue with the function's role",
          OperationMarks.MOST);
    }
    if (files != null) {
      producer.grant(permissions.files(files.queue()));
      files.feed(
          producer,
          "TakeFiles",
          "Lambda takes messages about files from the import queue with the function's role",
          1);
    }
  }

  /** The queue of small writes; null without the option. */
  public @Nullable IngestQueue writes() {
    return writes;
  }

  /** The queue that tells of files to import; null without the option. */
  public @Nullable IngestQueue files() {
    return files;
  }

  Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (writes != null) {
      outputs.put("IngestQueue", writes.queue().getQueueUrl());
      outputs.put("DeadWriteQueue", writes.deadLetters().getQueueUrl());
    }
    if (files != null) {
      outputs.put("DeadFileQueue", files.deadLetters().getQueueUrl());
    }
    return outputs;
  }
}
