package dev.siltstone.access;

import dev.siltstone.failure.InvalidRequestException;

/**
 * Names a token, in lists and inside its text; no secret.
 *
 * @param value of 48 bits
 */
public record TokenId(long value) {
  static final int DIGITS = 12;
  static final int BITS = 48;

  public TokenId {
    if (value >>> BITS != 0) {
      throw new IllegalArgumentException("no token id: " + value);
    }
  }

  /**
   * An id from its twelve hexadecimal digits.
   *
   * @throws InvalidRequestException if the text is something else
   */
  public static TokenId parse(String text) {
    if (!text.matches("[0-9a-f]{" + DIGITS + "}")) {
      throw new InvalidRequestException("a token's id has 12 hexadecimal digits; got " + text);
    }
    return new TokenId(Long.parseLong(text, 16));
  }

  @Override
  public String toString() {
    return String.format("%0" + DIGITS + "x", value);
  }
}
