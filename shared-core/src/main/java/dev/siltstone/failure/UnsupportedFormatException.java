package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/**
 * A file of a newer (or no longer supported) format version: not damage, but not readable by this
 * code.
 */
public final class UnsupportedFormatException extends SiltstoneException {
  public UnsupportedFormatException(String message) {
    this(message, null);
  }

  public UnsupportedFormatException(String message, @Nullable Throwable cause) {
    super(Advice.ALARM, message, cause);
  }
}
