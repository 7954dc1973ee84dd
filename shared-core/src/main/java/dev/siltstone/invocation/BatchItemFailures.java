package dev.siltstone.invocation;

import dev.siltstone.json.Json;
import java.util.List;

/**
 * What a function answers to a batch of SQS messages: those that must come again. All others are
 * deleted from the queue.
 */
public final class BatchItemFailures {
  private BatchItemFailures() {}

  /**
   * The answer as JSON.
   *
   * @param messageIds of the messages that failed
   */
  public static byte[] of(List<String> messageIds) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("batchItemFailures");
      for (String id : messageIds) {
        out.writeStartObject();
        out.writeStringField("itemIdentifier", id);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }
}
