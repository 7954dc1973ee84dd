package dev.siltstone.identity;

import dev.siltstone.failure.InvalidRequestException;
import java.util.regex.Pattern;

/**
 * Names a write that may arrive more than once, so that it is applied once: the writer's own name
 * for it, or that of the message that carried it. One name is one write of one collection.
 *
 * @param value 1 to 128 letters, digits and {@code - _ . : /}
 */
public record OperationId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

  /**
   * Checks the form.
   *
   * @throws InvalidRequestException if it is no such name
   */
  public OperationId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new InvalidRequestException(
          "An operation id has 1 to 128 letters, digits and - _ . : / ; this one has %d characters"
              .formatted(value.length()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
