package dev.siltstone.ingest.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message of SQS, as an event source hands it to a function.
 *
 * @param id by which the event source knows it, the same each time it is delivered
 * @param queue name of the queue it came from
 */
record QueueMessage(String id, String queue, String body) {
  /** The messages of an event, or empty if it is no batch of messages. */
  static Optional<List<QueueMessage>> readAll(byte[] event) {
    try (JsonParser parser = Json.FACTORY.createParser(event)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !"Records".equals(parser.nextFieldName())
          || parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      List<QueueMessage> messages = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        messages.add(read(parser));
      }
      return Optional.of(messages);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static QueueMessage read(JsonParser parser) throws IOException {
    String id = "";
    String arn = "";
    String body = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "messageId" -> id = parser.getText();
        case "eventSourceARN" -> arn = parser.getText();
        case "body" -> body = parser.getText();
        default -> parser.skipChildren();
      }
    }
    return new QueueMessage(id, arn.substring(arn.lastIndexOf(':') + 1), body);
  }
}
