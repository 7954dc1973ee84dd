package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/** Bytes do not match their checksum or their format. */
public final class CorruptDataException extends SiltstoneException {
  public CorruptDataException(String message) {
    this(message, null);
  }

  public CorruptDataException(String message, @Nullable Throwable cause) {
    super(Advice.ALARM, message, cause);
  }
}
