package dev.siltstone.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that tells its caller what may be done next. Messages name keys, versions, expected and
 * found values; never a document or an embedding.
 */
public abstract sealed class SiltstoneException extends RuntimeException
    permits InvalidRequestException,
        NotFoundException,
        AlreadyExistsException,
        BackPressureException,
        UnavailableException,
        OutcomeUnknownException,
        FencedException,
        CorruptDataException,
        UnsupportedFormatException {

  /** What the caller may do next. */
  public enum Advice {
    /** The request is wrong; sending it again cannot help. */
    FIX_REQUEST,
    /** Nothing happened; the same call may be sent again, later. */
    RETRY,
    /** The call may have taken effect: read back before doing anything, and clean nothing. */
    TOUCH_NOTHING,
    /** A newer run has taken over: stop, publish and delete nothing. */
    STOP,
    /** Bytes are not what they must be: a person has to look. */
    ALARM
  }

  private final Advice advice;

  SiltstoneException(Advice advice, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What the caller may do next. */
  public final Advice advice() {
    return advice;
  }
}
