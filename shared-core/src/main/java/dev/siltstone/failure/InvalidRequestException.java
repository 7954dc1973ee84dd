package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/** The request breaks a rule; the message says which and what to do. Nothing was written. */
public final class InvalidRequestException extends SiltstoneException {
  public InvalidRequestException(String message) {
    this(message, null);
  }

  public InvalidRequestException(String message, @Nullable Throwable cause) {
    super(Advice.FIX_REQUEST, message, cause);
  }
}
