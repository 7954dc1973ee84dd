package dev.siltstone.access;

import dev.siltstone.failure.InvalidRequestException;
import java.time.Instant;

/**
 * A token as it is stored.
 *
 * @param name what it is for, in its maker's words; need not be unique
 * @param createdAt to the millisecond
 */
public record AccessToken(
    TokenId id, String name, Role role, Scope scope, TokenHash hash, Instant createdAt) {
  private static final int MAX_NAME_LENGTH = 200;

  public AccessToken {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new InvalidRequestException(
          "a token's name has 1 to %d characters".formatted(MAX_NAME_LENGTH));
    }
    createdAt = Instant.ofEpochMilli(createdAt.toEpochMilli());
  }
}
