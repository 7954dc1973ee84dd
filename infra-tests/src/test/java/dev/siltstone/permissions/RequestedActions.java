package dev.siltstone.permissions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The actions that IAM checks for a request of the SDK. A transaction has no action of its own: its
 * parts are checked one by one (DynamoDB developer guide, "Using IAM with DynamoDB transactions").
 */
final class RequestedActions {
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";
  private static final String ATTRIBUTES = "dynamodb:Attributes";

  private RequestedActions() {}

  static List<Call> of(SdkRequest request) {
    return switch (request) {
      case GetObjectRequest get -> List.of(object("s3:GetObject", get.key()));
      case HeadObjectRequest head -> List.of(object("s3:GetObject", head.key()));
      case DeleteObjectRequest delete -> List.of(object("s3:DeleteObject", delete.key()));
      case ListObjectsV2Request list ->
          List.of(Call.of("s3:ListBucket", Call.BUCKET).with("s3:prefix", list.prefix()));
      case PutObjectRequest put -> put(put);
      case SendMessageRequest send ->
          List.of(
              Call.of(
                  "sqs:SendMessage",
                  send.queueUrl().endsWith("-imports") ? Call.IMPORT_QUEUE : Call.QUEUE));
      case InvokeRequest _ -> List.of(Call.of("lambda:InvokeFunction", Call.QUERY));
      case GetItemRequest get -> List.of(item("GetItem", get.key(), List.of()));
      case BatchGetItemRequest batch -> List.of(batchGet(batch));
      case QueryRequest query -> List.of(query(query));
      case PutItemRequest put ->
          List.of(item("PutItem", put.item(), put.expressionAttributeNames().values()));
      case UpdateItemRequest update ->
          List.of(item("UpdateItem", update.key(), update.expressionAttributeNames().values()));
      case DeleteItemRequest delete ->
          List.of(item("DeleteItem", delete.key(), delete.expressionAttributeNames().values()));
      case BatchWriteItemRequest batch -> List.of(batchWrite(batch));
      case TransactWriteItemsRequest all ->
          all.transactItems().stream().map(RequestedActions::part).toList();
      default ->
          throw new AssertionError(
              "nobody has said which permissions " + request.getClass() + " needs");
    };
  }

  private static Call object(String action, String key) {
    return Call.of(action, Call.BUCKET + "/" + key);
  }

  /** Whoever compares with {@code If-Match} must be allowed to read (S3 user guide). */
  private static List<Call> put(PutObjectRequest put) {
    List<Call> calls = new ArrayList<>();
    Call call = object("s3:PutObject", put.key()).with("s3:ObjectCreationOperation", "true");
    if (put.ifNoneMatch() != null) {
      call = call.with("s3:if-none-match", put.ifNoneMatch());
    }
    if (put.ifMatch() != null) {
      call = call.with("s3:if-match", "etag");
      calls.add(object("s3:GetObject", put.key()));
    }
    calls.add(call);
    return calls;
  }

  private static Call part(TransactWriteItem part) {
    if (part.put() != null) {
      return item("PutItem", part.put().item(), part.put().expressionAttributeNames().values());
    }
    if (part.update() != null) {
      return item(
          "UpdateItem", part.update().key(), part.update().expressionAttributeNames().values());
    }
    if (part.delete() != null) {
      return item(
          "DeleteItem", part.delete().key(), part.delete().expressionAttributeNames().values());
    }
    return item(
        "ConditionCheckItem",
        part.conditionCheck().key(),
        part.conditionCheck().expressionAttributeNames().values());
  }

  private static Call item(
      String action, Map<String, AttributeValue> item, Collection<String> named) {
    TreeSet<String> attributes = new TreeSet<>(item.keySet());
    attributes.addAll(named);
    return Call.of("dynamodb:" + action, Call.TABLE)
        .with(LEADING_KEYS, partition(item))
        .with(ATTRIBUTES, attributes.toArray(String[]::new));
  }

  private static Call batchGet(BatchGetItemRequest batch) {
    return Call.of("dynamodb:BatchGetItem", Call.TABLE)
        .with(
            LEADING_KEYS,
            batch.requestItems().values().stream()
                .flatMap(items -> items.keys().stream())
                .map(RequestedActions::partition)
                .distinct()
                .toArray(String[]::new));
  }

  private static Call batchWrite(BatchWriteItemRequest batch) {
    List<Map<String, AttributeValue>> items =
        batch.requestItems().values().stream()
            .flatMap(List::stream)
            .map(RequestedActions::written)
            .toList();
    return Call.of("dynamodb:BatchWriteItem", Call.TABLE)
        .with(
            LEADING_KEYS,
            items.stream().map(RequestedActions::partition).distinct().toArray(String[]::new))
        .with(
            ATTRIBUTES,
            items.stream()
                .flatMap(item -> item.keySet().stream())
                .distinct()
                .sorted()
                .toArray(String[]::new));
  }

  private static Map<String, AttributeValue> written(WriteRequest write) {
    return write.putRequest() == null ? write.deleteRequest().key() : write.putRequest().item();
  }

  private static Call query(QueryRequest query) {
    Map<String, AttributeValue> values = query.expressionAttributeValues();
    return query.indexName() == null
        ? Call.of("dynamodb:Query", Call.TABLE).with(LEADING_KEYS, text(values, ":pk"))
        : Call.of("dynamodb:Query", Call.TABLE + "/index/" + query.indexName())
            .with(LEADING_KEYS, text(values, ":value"));
  }

  private static String partition(Map<String, AttributeValue> item) {
    return text(item, "pk");
  }

  private static String text(Map<String, AttributeValue> values, String name) {
    return Objects.requireNonNull(values.get(name), name).s();
  }
}
