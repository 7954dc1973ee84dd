package dev.siltstone.query.admin;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.failure.InvalidRequestException;
import java.util.List;

/**
 * The {@code limit} and {@code offset} of a list.
 *
 * @param limit the largest int for all
 */
record Paging(int limit, int offset) {
  static Paging of(ApiRequest request) {
    return new Paging(number(request, "limit", Integer.MAX_VALUE), number(request, "offset", 0));
  }

  private static int number(ApiRequest request, String name, int absent) {
    List<String> values = request.query().getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return absent;
    }
    try {
      return (int)
          Math.min(
              Integer.toUnsignedLong(Integer.parseUnsignedInt(values.getFirst())),
              Integer.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(
          "Failed to deserialize query string: " + name + ": invalid digit found in string", e);
    }
  }
}
