package dev.siltstone.local.http;

import dev.siltstone.api.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body is over the limit; answered as Chroma does, with 413 in plain text. */
final class PayloadTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PayloadTooLargeException() {
    super("Payload too large", null, false, false);
  }

  ApiResponse response() {
    return new ApiResponse(
        413,
        Map.of("content-type", "text/plain; charset=utf-8", "connection", "close"),
        "Payload too large".getBytes(StandardCharsets.UTF_8));
  }
}
