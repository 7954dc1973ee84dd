package dev.siltstone.notice.aws;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.notice.Notice;
import java.util.Optional;

/** A notice as the body of a message: {@code {"collection":"<id>"}}; further fields are ignored. */
public final class NoticeMessage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTION = "collection";

  private NoticeMessage() {}

  public static String body(Notice notice) {
    return "{\"" + COLLECTION + "\":\"" + notice.collection() + "\"}";
  }

  /** The notice, or empty if the body is none. */
  public static Optional<Notice> parse(String body) {
    try {
      JsonNode collection = JSON.readTree(body).path(COLLECTION);
      return collection.isTextual()
          ? Optional.of(new Notice(CollectionId.parse(collection.textValue())))
          : Optional.empty();
    } catch (JacksonException | InvalidRequestException e) {
      return Optional.empty();
    }
  }
}
