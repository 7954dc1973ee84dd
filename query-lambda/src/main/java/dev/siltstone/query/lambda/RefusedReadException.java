package dev.siltstone.query.lambda;

/**
 * Tells the caller of a direct invocation why it was refused. The message is the JSON that the HTTP
 * API answers: {@code {"error": name, "message": text}}.
 */
final class RefusedReadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedReadException(String json) {
    super(json, null, false, false);
  }
}
