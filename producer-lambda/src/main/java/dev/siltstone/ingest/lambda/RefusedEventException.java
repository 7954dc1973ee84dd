package dev.siltstone.ingest.lambda;

/**
 * Tells the caller of an invocation why its event was not written. The message is the JSON that the
 * HTTP API answers: {@code {"error": name, "message": text}}. Thrown, not answered, so that the
 * invocation counts as failed: an event that was sent without waiting is then tried again and ends
 * where the function's failures go.
 */
final class RefusedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedEventException(String json) {
    super(json, null, false, false);
  }
}
