package dev.siltstone.aws;

import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/** The table as it must be created: keys, on-demand billing, the backlog index, time to live. */
public final class TableDefinition {
  private TableDefinition() {}

  public static CreateTableRequest createTable(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            attribute(TableLayout.PK, ScalarAttributeType.S),
            attribute(TableLayout.SK, ScalarAttributeType.N),
            attribute(TableLayout.BACKLOG, ScalarAttributeType.S))
        .keySchema(key(TableLayout.PK, KeyType.HASH), key(TableLayout.SK, KeyType.RANGE))
        .globalSecondaryIndexes(backlogIndex())
        .build();
  }

  public static UpdateTimeToLiveRequest timeToLive(String name) {
    return UpdateTimeToLiveRequest.builder()
        .tableName(name)
        .timeToLiveSpecification(ttl -> ttl.attributeName(TableLayout.TTL).enabled(true))
        .build();
  }

  private static GlobalSecondaryIndex backlogIndex() {
    return GlobalSecondaryIndex.builder()
        .indexName(TableLayout.BACKLOG_INDEX)
        .keySchema(key(TableLayout.BACKLOG, KeyType.HASH), key(TableLayout.PK, KeyType.RANGE))
        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
