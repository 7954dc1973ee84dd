package dev.siltstone.api;

/**
 * A request that is refused with a status of its own, one that no failure of the domain stands for:
 * wrong types in a body, an unsupported content type, a body over the limit, a route that is off.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  ApiException(int status, String error, String message) {
    super(message, null, false, false);
    this.status = status;
    this.error = error;
  }

  /** 403: switched off here. */
  public static ApiException forbidden(String message) {
    return new ApiException(403, ErrorResponse.OTHER, message);
  }

  /** 401: no valid token came with the request. */
  public static ApiException unauthorized(String message) {
    return new ApiException(401, "AuthorizationError", message);
  }

  /** 403: the request's token does not allow it. */
  public static ApiException notAllowed(String message) {
    return new ApiException(403, "AuthError", message);
  }

  /** 413: the body or the answer is over a limit; the message says what to do. */
  public static ApiException tooLarge(String message) {
    return new ApiException(413, ErrorResponse.OTHER, message);
  }

  /** 415: the body is not JSON, or is encoded in an unknown way. */
  public static ApiException unsupportedMediaType(String message) {
    return new ApiException(415, ErrorResponse.OTHER, message);
  }

  /** 422: well-formed JSON of the wrong shape. */
  public static ApiException unprocessable(String message) {
    return new ApiException(422, ErrorResponse.OTHER, message);
  }

  /** 501: known, but not here. */
  public static ApiException notImplemented(String message) {
    return new ApiException(501, ErrorResponse.OTHER, message);
  }

  public int status() {
    return status;
  }

  /** The error's name in the body. */
  public String error() {
    return error;
  }
}
