package dev.siltstone.api;

import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.BackPressureException;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.FencedException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.SiltstoneException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one mapping from a failure to its answer: {@code {"error":NAME,"message":TEXT}}. Clients
 * choose their exception by status and name and some match on the text.
 *
 * <p>Faults of our own are a 500 that says nothing about our insides; whoever handles the request
 * logs the cause.
 */
public final class ErrorResponse {
  static final String INVALID_ARGUMENT = "InvalidArgumentError";
  static final String NOT_FOUND = "NotFoundError";
  static final String INTERNAL = "InternalError";
  static final String OTHER = "ChromaError";

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int MISSING = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int INTERNAL_SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private ErrorResponse() {}

  /** The answer to any failure. */
  public static ApiResponse of(Throwable failure) {
    return switch (failure) {
      case ApiException e when e.status() == UNAUTHORIZED ->
          body(e.status(), e.error(), e.getMessage()).withHeader("www-authenticate", "Bearer");
      case ApiException e -> body(e.status(), e.error(), e.getMessage());
      case SiltstoneException e -> of(e);
      default -> internal("An internal error occurred");
    };
  }

  /** Whether the answer hides the failure from its client, so that it must be logged. */
  public static boolean hides(Throwable failure) {
    return of(failure).status() == INTERNAL_SERVER_ERROR;
  }

  private static ApiResponse of(SiltstoneException failure) {
    return switch (failure) {
      case InvalidRequestException e -> body(BAD_REQUEST, INVALID_ARGUMENT, e.getMessage());
      case NotFoundException e -> body(MISSING, NOT_FOUND, e.getMessage());
      case AlreadyExistsException e -> body(CONFLICT, OTHER, e.getMessage());
      case BackPressureException e ->
          retryable(body(TOO_MANY_REQUESTS, OTHER, e.getMessage()), e.retryAfter());
      case UnavailableException e ->
          retryable(body(UNAVAILABLE, OTHER, e.getMessage()), e.retryAfter());
      case OutcomeUnknownException _ ->
          body(
              UNAVAILABLE,
              OTHER,
              "The outcome is unknown: the change may or may not have been made. Read it back"
                  + " before sending it again.");
      case FencedException _ -> internal("An internal error occurred");
      case CorruptDataException _ -> internal("Stored data is damaged");
      case UnsupportedFormatException _ ->
          internal("Stored data is of a format this version cannot read");
    };
  }

  private static ApiResponse internal(String message) {
    return body(INTERNAL_SERVER_ERROR, INTERNAL, message);
  }

  private static ApiResponse retryable(ApiResponse response, Duration after) {
    long seconds = Math.max(1, after.plusMillis(999).toSeconds());
    return response.withHeader("retry-after", Long.toString(seconds));
  }

  private static ApiResponse body(int status, String error, @Nullable String message) {
    return ApiResponse.json(
        status,
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("error", error);
          out.writeStringField("message", message == null ? "" : message);
          out.writeEndObject();
        }));
  }
}
