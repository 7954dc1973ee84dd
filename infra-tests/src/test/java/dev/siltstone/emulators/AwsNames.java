package dev.siltstone.emulators;

import dev.siltstone.aws.TableDefinition;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Makes a bucket, a table and a queue of one name, each when it is first needed. */
final class AwsNames {
  /** What the name of an import queue ends with. */
  static final String IMPORTS = "-imports";

  private final String name;
  private boolean hasBucket;
  private boolean hasTable;
  private @Nullable String queueUrl;
  private @Nullable String importQueueUrl;

  AwsNames(String name) {
    this.name = name;
  }

  synchronized String bucket(AwsFamily family) {
    if (!hasBucket) {
      family.s3().createBucket(b -> b.bucket(name));
      hasBucket = true;
    }
    return name;
  }

  synchronized String table(AwsFamily family) {
    if (!hasTable) {
      DynamoDbClient client = family.dynamoDb();
      client.createTable(TableDefinition.createTable(name));
      client.waiter().waitUntilTableExists(b -> b.tableName(name));
      client.updateTimeToLive(TableDefinition.timeToLive(name));
      hasTable = true;
    }
    return name;
  }

  synchronized String queueUrl(AwsFamily family) {
    if (queueUrl == null) {
      queueUrl = family.sqs().createQueue(b -> b.queueName(name)).queueUrl();
    }
    return queueUrl;
  }

  synchronized String importQueueUrl(AwsFamily family) {
    if (importQueueUrl == null) {
      importQueueUrl = family.sqs().createQueue(b -> b.queueName(name + IMPORTS)).queueUrl();
    }
    return importQueueUrl;
  }
}
