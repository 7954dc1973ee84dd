package dev.siltstone.api;

import java.util.Optional;

/** The methods that routes use. */
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** The method of this name, upper-case; a HEAD is asked as a GET. */
  static Optional<HttpMethod> named(String name) {
    return switch (name) {
      case "GET", "HEAD" -> Optional.of(GET);
      case "POST" -> Optional.of(POST);
      case "PUT" -> Optional.of(PUT);
      case "PATCH" -> Optional.of(PATCH);
      case "DELETE" -> Optional.of(DELETE);
      default -> Optional.empty();
    };
  }
}
