package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/** The name is taken. */
public final class AlreadyExistsException extends SiltstoneException {
  public AlreadyExistsException(String message) {
    this(message, null);
  }

  public AlreadyExistsException(String message, @Nullable Throwable cause) {
    super(Advice.FIX_REQUEST, message, cause);
  }
}
