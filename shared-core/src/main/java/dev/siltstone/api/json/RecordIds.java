package dev.siltstone.api.json;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.RecordId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ids as clients send them. */
final class RecordIds {
  private RecordIds() {}

  /** The id, or null if no record can have it. */
  static @Nullable RecordId possible(String text) {
    return text.isEmpty() || text.length() > RecordId.MAX_LENGTH ? null : new RecordId(text);
  }

  /**
   * The ids of records to write.
   *
   * @throws InvalidRequestException if one is empty or too long
   */
  static List<RecordId> required(List<String> texts) {
    if (texts.contains("")) {
      throw new InvalidRequestException("Empty ID, ID must have at least one character");
    }
    return texts.stream().map(RecordId::new).toList();
  }
}
