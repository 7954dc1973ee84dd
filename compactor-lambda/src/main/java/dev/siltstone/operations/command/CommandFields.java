package dev.siltstone.operations.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.siltstone.failure.InvalidRequestException;

/** The fields of one command, each read as what it must be. */
record CommandFields(String command, JsonNode event) {
  boolean has(String field) {
    return event.has(field);
  }

  CollectionReference collection() {
    return CollectionReference.parse(text("collection"));
  }

  /** A string that is not blank; a number will do too. */
  String text(String field) {
    JsonNode value = event.path(field);
    if (!value.isTextual() && !value.isIntegralNumber() || value.asText().isBlank()) {
      throw wrong(field, "a string");
    }
    return value.asText();
  }

  long positive(String field) {
    JsonNode value = event.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
      throw wrong(field, "a whole number of at least 1");
    }
    return value.asLong();
  }

  /** False if it is not there. */
  boolean flag(String field) {
    if (!has(field)) {
      return false;
    }
    if (!event.get(field).isBoolean()) {
      throw wrong(field, "true or false");
    }
    return event.get(field).asBoolean();
  }

  RepairedDelta repaired(String field) {
    try {
      return RepairedDelta.ofBase64(text(field));
    } catch (IllegalArgumentException _) {
      throw wrong(field, "base64");
    }
  }

  private InvalidRequestException wrong(String field, String expected) {
    return new InvalidRequestException(
        "command %s needs its field %s to be %s%s"
            .formatted(command, field, expected, has(field) ? "" : "; it is missing"));
  }
}
