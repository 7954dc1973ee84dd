package dev.siltstone.access;

import dev.siltstone.failure.InvalidRequestException;
import java.util.Locale;

/** What a token's holder may do; each role includes those before it. */
public enum Role {
  /** Reads records, and what describes them. */
  READ,
  /** Also writes records, and makes, changes and drops collections. */
  WRITE,
  /** Also makes and drops tenants and databases. */
  ADMIN;

  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** {@code read}, {@code write}, {@code admin}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this name, in any case. */
  public static Role parse(String text) {
    for (Role role : values()) {
      if (role.text().equalsIgnoreCase(text)) {
        return role;
      }
    }
    throw new InvalidRequestException("a role is read, write or admin, not " + text);
  }
}
