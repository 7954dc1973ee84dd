package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/** A write whose answer was lost: it may or may not have taken effect, now or later. */
public final class OutcomeUnknownException extends SiltstoneException {
  public OutcomeUnknownException(String message) {
    this(message, null);
  }

  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(Advice.TOUCH_NOTHING, message, cause);
  }
}
