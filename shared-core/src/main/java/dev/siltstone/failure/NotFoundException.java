package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/** The tenant, database, collection or snapshot that was named does not exist. */
public final class NotFoundException extends SiltstoneException {
  public NotFoundException(String message) {
    this(message, null);
  }

  public NotFoundException(String message, @Nullable Throwable cause) {
    super(Advice.FIX_REQUEST, message, cause);
  }
}
