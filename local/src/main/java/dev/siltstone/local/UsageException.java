package dev.siltstone.local;

import org.jspecify.annotations.Nullable;

/** Something about the command or the machine that its user can put right; the message says how. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
