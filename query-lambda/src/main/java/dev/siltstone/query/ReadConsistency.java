package dev.siltstone.query;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.view.Consistency;
import java.time.Duration;

/**
 * Reads a request's consistency from its headers; strong where it says nothing, since Chroma's
 * clients expect to read their writes.
 *
 * <pre>
 * x-siltstone-consistency: strong | eventual
 * x-siltstone-max-age: 5            seconds, with eventual
 * x-siltstone-at-least: 42          a freshness token
 * </pre>
 */
final class ReadConsistency {
  static final String CONSISTENCY = "x-siltstone-consistency";
  static final String MAX_AGE = "x-siltstone-max-age";
  static final String AT_LEAST = "x-siltstone-at-least";

  private static final long DEFAULT_MAX_AGE_SECONDS = 5;
  private static final long LONGEST_MAX_AGE_SECONDS = 86_400;

  private ReadConsistency() {}

  static Consistency of(ApiRequest request) {
    String token = request.header(AT_LEAST).orElse(null);
    if (token != null) {
      return new Consistency.AtLeast(new Sequence(number(AT_LEAST, token, Long.MAX_VALUE)));
    }
    String name = request.header(CONSISTENCY).orElse("strong");
    return switch (name) {
      case "strong" -> Consistency.STRONG;
      case "eventual" -> new Consistency.Eventual(Duration.ofSeconds(maxAge(request)));
      default ->
          throw new InvalidRequestException(
              CONSISTENCY + " is 'strong' or 'eventual', got '" + name + "'");
    };
  }

  private static long maxAge(ApiRequest request) {
    return request
        .header(MAX_AGE)
        .map(text -> number(MAX_AGE, text, LONGEST_MAX_AGE_SECONDS))
        .orElse(DEFAULT_MAX_AGE_SECONDS);
  }

  private static long number(String header, String text, long max) {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(header + " is a whole number, got '" + text + "'", e);
    }
    throw new InvalidRequestException(
        "%s is a whole number from 0 to %d, got '%s'".formatted(header, max, text));
  }
}
