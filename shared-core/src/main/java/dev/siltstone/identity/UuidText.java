package dev.siltstone.identity;

import dev.siltstone.failure.InvalidRequestException;
import java.util.UUID;

/** Strict UUID text: {@link UUID#fromString} alone would accept shortened groups. */
final class UuidText {
  private static final int LENGTH = 36;

  private UuidText() {}

  static UUID parse(String what, String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (text.length() == LENGTH) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(what + " is not a valid UUIDv4", e);
    }
    throw new InvalidRequestException(what + " is not a valid UUIDv4");
  }

  static int compare(UUID left, UUID right) {
    int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }
}
