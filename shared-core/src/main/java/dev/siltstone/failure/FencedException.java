package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/** A run with a higher epoch owns the collection now. */
public final class FencedException extends SiltstoneException {
  public FencedException(String message) {
    this(message, null);
  }

  public FencedException(String message, @Nullable Throwable cause) {
    super(Advice.STOP, message, cause);
  }
}
