package dev.siltstone.aws;

import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.aws.WriteResult.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The one table: consistent reads, and conditional writes whose failed conditions come back as
 * values together with the item that stood in the way.
 *
 * <p>Writes come in two kinds. {@link #write} may be sent again after an unknown outcome, so it is
 * for steps that recognise their own earlier effect or do no harm twice. {@link #writeOnce} is not.
 */
public final class AwsTable {
  private static final int MAX_BATCH_GET = 100;
  private static final int MAX_BATCH_WRITE = 25;
  private static final int MAX_PAGE = 1000;
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final DynamoDbClient client;
  private final String name;
  private final AwsCalls calls;

  public AwsTable(DynamoDbClient client, String name, AwsCalls calls) {
    this.client = client;
    this.name = name;
    this.calls = calls;
  }

  public Optional<Item> get(Item key) {
    return calls.read(
        "reading " + describe(key),
        () -> {
          var answer =
              client.getItem(b -> b.tableName(name).key(key.attributes()).consistentRead(true));
          return answer.hasItem() ? Optional.of(new Item(answer.item())) : Optional.empty();
        });
  }

  /** The items that exist, one call per hundred keys; each is read consistently. */
  public Map<Item, Item> getAll(List<Item> keys) {
    Map<Item, Item> found = new HashMap<>();
    for (int from = 0; from < keys.size(); from += MAX_BATCH_GET) {
      getBatch(keys.subList(from, Math.min(keys.size(), from + MAX_BATCH_GET)), found);
    }
    return found;
  }

  private void getBatch(List<Item> keys, Map<Item, Item> found) {
    List<Map<String, AttributeValue>> wanted = new ArrayList<>();
    keys.forEach(key -> wanted.add(key.attributes()));
    calls.read(
        "reading " + describe(keys.getFirst()),
        () -> {
          BatchGetItemResponse answer =
              client.batchGetItem(b -> b.requestItems(Map.of(name, consistent(wanted))));
          for (Map<String, AttributeValue> attributes :
              answer.responses().getOrDefault(name, List.of())) {
            Item item = new Item(attributes);
            found.put(item.key(), item);
          }
          wanted.clear();
          KeysAndAttributes left = answer.unprocessedKeys().get(name);
          if (left != null) {
            wanted.addAll(left.keys());
            throw throttled("some keys were not read");
          }
          return found;
        });
  }

  private static KeysAndAttributes consistent(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().keys(List.copyOf(keys)).consistentRead(true).build();
  }

  /** Up to {@code limit} items, read consistently, in as many pages as it takes. */
  public List<Item> query(TableQuery query, int limit) {
    List<Item> items = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    boolean more = limit > 0;
    while (more) {
      int wanted = limit - items.size();
      int read = query.filter() == null ? Math.min(wanted, MAX_PAGE) : MAX_PAGE;
      QueryResponse page = page(query, start, read);
      page.items().stream().limit(wanted).map(Item::new).forEach(items::add);
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
      more = start != null && items.size() < limit;
    }
    return items;
  }

  /** How many items there are. */
  public int count(TableQuery query) {
    int count = 0;
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page = page(query, start, null);
      count += page.count();
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null);
    return count;
  }

  private QueryResponse page(
      TableQuery query, @Nullable Map<String, AttributeValue> start, @Nullable Integer limit) {
    String projection = query.keysOnly() ? "#pk, #sk" : null;
    String expressions = query.keyCondition() + " " + query.filter() + " " + projection;
    return calls.read(
        "listing " + query.pk(),
        () ->
            client.query(b ->
                b.tableName(name)
                    .consistentRead(true)
                    .keyConditionExpression(query.keyCondition())
                    .filterExpression(query.filter())
                    .projectionExpression(projection)
                    .expressionAttributeNames(TableWrite.names(expressions))
                    .expressionAttributeValues(query.values())
                    .select(limit == null ? Select.COUNT : null)
                    .limit(limit)
                    .exclusiveStartKey(start)));
  }

  /**
   * Up to {@code limit} partition keys of items with {@code backlog} = {@code value}, in order,
   * after {@code after}. The index lags a little behind the table.
   */
  public List<String> backlog(String value, String after, int limit) {
    List<String> keys = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      QueryResponse page = backlogPage(value, after, limit - keys.size(), start);
      page.items().forEach(item -> keys.add(new Item(item).text(TableLayout.PK)));
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null && keys.size() < limit);
    return keys;
  }

  private QueryResponse backlogPage(
      String value, String after, int limit, @Nullable Map<String, AttributeValue> start) {
    String condition = "#backlog = :value AND #pk > :after";
    return calls.read(
        "listing the backlog",
        () ->
            client.query(b ->
                b.tableName(name)
                    .indexName(TableLayout.BACKLOG_INDEX)
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(TableWrite.names(condition))
                    .expressionAttributeValues(
                        Map.of(
                            ":value", AttributeValue.fromS(value),
                            ":after", AttributeValue.fromS(after)))
                    .limit(limit)
                    .exclusiveStartKey(start)));
  }

  /** Keys of all items whose partition key starts with {@code prefix}; reads the whole table. */
  public List<Item> scan(String prefix) {
    List<Item> keys = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      ScanResponse page = scanPage(prefix, start);
      page.items().stream().map(Item::new).forEach(keys::add);
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null);
    return keys;
  }

  private ScanResponse scanPage(String prefix, @Nullable Map<String, AttributeValue> start) {
    String filter = "begins_with(#pk, :prefix)";
    return calls.read(
        "scanning for " + prefix,
        () ->
            client.scan(b ->
                b.tableName(name)
                    .consistentRead(true)
                    .filterExpression(filter)
                    .projectionExpression("#pk, #sk")
                    .expressionAttributeNames(Map.of("#pk", "pk", "#sk", "sk"))
                    .expressionAttributeValues(Map.of(":prefix", AttributeValue.fromS(prefix)))
                    .exclusiveStartKey(start)));
  }

  /** A write that is safe to repeat: also sent again after an unknown outcome. */
  public WriteResult write(TableWrite write) {
    return calls.repeatable(describe(write), () -> send(write));
  }

  /** A write that is sent again only if it certainly had no effect. */
  public WriteResult writeOnce(TableWrite write) {
    return calls.once(describe(write), refusals -> send(write));
  }

  /**
   * All or nothing. May be sent again after an unknown outcome: attempts share a token by which
   * DynamoDB knows, for ten minutes, that it has done this already.
   */
  public WriteResult transact(TableWrite... writes) {
    List<TransactWriteItem> actions = new ArrayList<>();
    for (TableWrite write : writes) {
      actions.add(inTransaction(write));
    }
    String token = calls.newToken();
    return calls.repeatable(
        describe(writes[writes.length - 1]),
        () -> {
          try {
            client.transactWriteItems(b -> b.transactItems(actions).clientRequestToken(token));
            return new Applied(Item.NONE);
          } catch (TransactionCanceledException e) {
            return refused(e);
          }
        });
  }

  /** Deletes without conditions, one call per 25 keys. */
  public void deleteAll(List<Item> keys) {
    for (int from = 0; from < keys.size(); from += MAX_BATCH_WRITE) {
      deleteBatch(keys.subList(from, Math.min(keys.size(), from + MAX_BATCH_WRITE)));
    }
  }

  private void deleteBatch(List<Item> keys) {
    List<WriteRequest> wanted = new ArrayList<>();
    for (Item key : keys) {
      wanted.add(
          WriteRequest.builder().deleteRequest(delete -> delete.key(key.attributes())).build());
    }
    calls.repeatable(
        "deleting " + describe(keys.getFirst()),
        () -> {
          BatchWriteItemResponse answer =
              client.batchWriteItem(b -> b.requestItems(Map.of(name, List.copyOf(wanted))));
          wanted.clear();
          List<WriteRequest> left = answer.unprocessedItems().get(name);
          if (left != null && !left.isEmpty()) {
            wanted.addAll(left);
            throw throttled("some items were not deleted");
          }
          return wanted;
        });
  }

  private WriteResult send(TableWrite write) {
    try {
      return switch (write.kind()) {
        case PUT -> sendPut(write);
        case UPDATE -> sendUpdate(write);
        case DELETE -> sendDelete(write);
        case CHECK -> throw new IllegalArgumentException("a check alone writes nothing");
      };
    } catch (ConditionalCheckFailedException e) {
      Item found = e.hasItem() ? new Item(e.item()) : Item.NONE;
      return new Refused(List.of(Optional.of(found)));
    }
  }

  private Applied sendPut(TableWrite write) {
    client.putItem(
        PutItemRequest.builder()
            .tableName(name)
            .item(write.item().attributes())
            .conditionExpression(write.condition())
            .expressionAttributeNames(write.names())
            .expressionAttributeValues(write.values())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build());
    return new Applied(Item.NONE);
  }

  private Applied sendUpdate(TableWrite write) {
    var answer =
        client.updateItem(
            UpdateItemRequest.builder()
                .tableName(name)
                .key(write.item().attributes())
                .updateExpression(write.updateExpression())
                .conditionExpression(write.condition())
                .expressionAttributeNames(write.names())
                .expressionAttributeValues(write.values())
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build());
    return new Applied(new Item(answer.attributes()));
  }

  private Applied sendDelete(TableWrite write) {
    client.deleteItem(
        DeleteItemRequest.builder()
            .tableName(name)
            .key(write.item().attributes())
            .conditionExpression(write.condition())
            .expressionAttributeNames(write.names())
            .expressionAttributeValues(write.values())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build());
    return new Applied(Item.NONE);
  }

  private TransactWriteItem inTransaction(TableWrite write) {
    ReturnValuesOnConditionCheckFailure old = ReturnValuesOnConditionCheckFailure.ALL_OLD;
    Map<String, AttributeValue> attributes = write.item().attributes();
    TransactWriteItem.Builder action = TransactWriteItem.builder();
    switch (write.kind()) {
      case PUT ->
          action.put(b ->
              b.tableName(name)
                  .item(attributes)
                  .conditionExpression(write.condition())
                  .expressionAttributeNames(write.names())
                  .expressionAttributeValues(write.values())
                  .returnValuesOnConditionCheckFailure(old));
      case UPDATE ->
          action.update(b ->
              b.tableName(name)
                  .key(attributes)
                  .updateExpression(write.updateExpression())
                  .conditionExpression(write.condition())
                  .expressionAttributeNames(write.names())
                  .expressionAttributeValues(write.values())
                  .returnValuesOnConditionCheckFailure(old));
      case DELETE ->
          action.delete(b ->
              b.tableName(name)
                  .key(attributes)
                  .conditionExpression(write.condition())
                  .expressionAttributeNames(write.names())
                  .expressionAttributeValues(write.values())
                  .returnValuesOnConditionCheckFailure(old));
      case CHECK ->
          action.conditionCheck(b ->
              b.tableName(name)
                  .key(attributes)
                  .conditionExpression(write.condition())
                  .expressionAttributeNames(write.names())
                  .expressionAttributeValues(write.values())
                  .returnValuesOnConditionCheckFailure(old));
    }
    return action.build();
  }

  /**
   * A failed condition is an answer; any other reason is a failure, which the caller classifies.
   */
  private static Refused refused(TransactionCanceledException cancelled) {
    List<Optional<Item>> refusals = new ArrayList<>();
    for (CancellationReason reason : cancelled.cancellationReasons()) {
      boolean failed = CONDITION_FAILED.equals(reason.code());
      refusals.add(failed ? Optional.of(found(reason)) : Optional.empty());
    }
    if (refusals.stream().allMatch(Optional::isEmpty)) {
      throw cancelled;
    }
    return new Refused(refusals);
  }

  private static Item found(CancellationReason reason) {
    return reason.hasItem() ? new Item(reason.item()) : Item.NONE;
  }

  /** What a batch that was served in part amounts to: the rest was refused for now. */
  private static DynamoDbException throttled(String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode("ThrottlingException").errorMessage(message).build();
    return (DynamoDbException)
        DynamoDbException.builder().message(message).awsErrorDetails(details).build();
  }

  private static String describe(TableWrite write) {
    return "writing " + describe(write.item());
  }

  private static String describe(Item key) {
    return key.text(TableLayout.PK) + "/" + key.required(TableLayout.SK).n();
  }
}
