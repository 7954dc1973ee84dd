package dev.siltstone.ingest;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.api.json.DeleteRequest;
import dev.siltstone.api.json.MissingEmbeddings;
import dev.siltstone.api.json.WriteKind;
import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.OperationId;
import dev.siltstone.json.Json;
import dev.siltstone.log.Receipt;
import dev.siltstone.record.RecordId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A write as an event payload, for callers that invoke the function themselves:
 *
 * <pre>
 * {"collection": name or id, "operation": "add" | "upsert" | "update" | "delete",
 *  "ids": […], "embeddings"?: […], "documents"?: […], "metadatas"?: […], "uris"?: […],
 *  "tenant"?: "default_tenant", "database"?: "default_database",
 *  "operation_id"?: in the ingest queue only}
 *
 * {"delta_key": "delta/…", "count": 2, "sequence": 17}
 * </pre>
 *
 * The records are given as in Chroma's HTTP API. A delete has ids only: deleting by filter needs a
 * view of the collection, which the query function has. {@code sequence} is the freshness token; an
 * empty batch writes nothing and is answered with nulls.
 *
 * <p>The same payload is a message of the ingest queue, where nothing is answered. There {@code
 * operation_id} names the write ({@link OperationId}), so that it is applied once however often it
 * is sent; without one the message's own id does, which covers what the queue repeats, but not a
 * sender's second message.
 */
public final class WriteEvent {
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private @Nullable String tenant;
  private @Nullable String database;
  private @Nullable String collection;
  private @Nullable String operation;
  private @Nullable String operationId;

  private WriteEvent() {}

  /**
   * Reads a payload.
   *
   * @throws InvalidRequestException if it is not JSON, or breaks a rule of records
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static WriteBatch parse(byte[] payload) {
    WriteEvent envelope = BodyReader.read(payload, WriteEvent::readEnvelope);
    if (envelope.operationId != null) {
      throw new InvalidRequestException(
          "\"operation_id\" is for messages of the ingest queue: an invocation has a receipt");
    }
    return envelope.batch(envelope.ref(), payload);
  }

  /**
   * Reads a payload that is a line of a file. The file says which collection; {@code operation} is
   * {@code upsert} if it is not given.
   *
   * @throws InvalidRequestException if it is not JSON, or breaks a rule of records
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static WriteBatch parseLine(byte[] payload, CollectionRef collection) {
    WriteEvent envelope = BodyReader.read(payload, WriteEvent::readEnvelope);
    if (envelope.collection != null
        || envelope.tenant != null
        || envelope.database != null
        || envelope.operationId != null) {
      throw new InvalidRequestException(
          "A line has no \"collection\", \"database\", \"tenant\" or \"operation_id\": the file's"
              + " key says where it goes");
    }
    if (envelope.operation == null) {
      envelope.operation = "upsert";
    }
    return envelope.batch(collection, payload);
  }

  /**
   * Reads a payload of the ingest queue.
   *
   * @param messageId of the message that carries it
   * @throws InvalidRequestException if it is not JSON, or breaks a rule of records
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static QueuedWrite parseQueued(byte[] payload, String messageId) {
    WriteEvent envelope = BodyReader.read(payload, WriteEvent::readEnvelope);
    String id = envelope.operationId;
    return new QueuedWrite(
        new OperationId(id == null ? "message:" + messageId : id),
        envelope.batch(envelope.ref(), payload));
  }

  private WriteBatch batch(CollectionRef ref, byte[] payload) {
    if (operation().equals("delete")) {
      return new WriteBatch.Deletion(ref, idsToDelete(payload));
    }
    return new WriteBatch.Records(
        ref, WriteRequest.parse(payload, kind(), MissingEmbeddings.MADE_FROM_DOCUMENTS));
  }

  private static WriteEvent readEnvelope(BodyReader in) throws IOException {
    WriteEvent envelope = new WriteEvent();
    in.fields("struct WriteEvent", name -> envelope.read(name, in));
    return envelope;
  }

  private boolean read(String field, BodyReader in) throws IOException {
    switch (field) {
      case "tenant" -> tenant = in.string();
      case "database" -> database = in.string();
      case "collection" -> collection = in.string();
      case "operation" -> operation = in.string();
      case "operation_id" -> operationId = in.string();
      default -> {
        return false;
      }
    }
    return true;
  }

  private CollectionRef ref() {
    if (collection == null) {
      throw new InvalidRequestException("The event has no \"collection\", neither name nor id");
    }
    TenantName tenantName = tenant == null ? TenantName.DEFAULT : new TenantName(tenant);
    DatabaseName databaseName =
        database == null ? DatabaseName.DEFAULT : new DatabaseName(database);
    return UUID.matcher(collection).matches()
        ? new CollectionRef.ById(tenantName, databaseName, CollectionId.parse(collection))
        : new CollectionRef.ByName(tenantName, databaseName, new CollectionName(collection));
  }

  private String operation() {
    if (operation == null) {
      throw new InvalidRequestException(
          "The event has no \"operation\": add, upsert, update or delete");
    }
    return operation;
  }

  private WriteKind kind() {
    return switch (operation()) {
      case "add" -> WriteKind.ADD;
      case "upsert" -> WriteKind.UPSERT;
      case "update" -> WriteKind.UPDATE;
      default ->
          throw new InvalidRequestException(
              "Unknown operation \"%s\"; expected add, upsert, update or delete"
                  .formatted(operation));
    };
  }

  private static List<RecordId> idsToDelete(byte[] payload) {
    DeleteRequest request = DeleteRequest.parse(payload);
    if (request.filtered()) {
      throw new InvalidRequestException(
          "A delete by filter is the query function's: send ids here, and nothing else");
    }
    List<RecordId> ids = request.ids();
    if (ids == null) {
      throw new InvalidRequestException("A delete needs \"ids\"");
    }
    return ids;
  }

  /** The answer to a payload, as JSON. */
  public static byte[] answer(Optional<Receipt> receipt) {
    return Json.bytes(out -> {
      out.writeStartObject();
      if (receipt.isPresent() && receipt.get().delta() != null) {
        out.writeStringField("delta_key", receipt.get().delta().value());
        out.writeNumberField("count", receipt.get().count());
        out.writeNumberField("sequence", receipt.get().sequence().value());
      } else {
        out.writeNullField("delta_key");
        out.writeNumberField("count", 0);
        out.writeNullField("sequence");
      }
      out.writeEndObject();
    });
  }
}
