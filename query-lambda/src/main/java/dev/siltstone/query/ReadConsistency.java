package dev.siltstone.query;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.view.Consistency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a request's consistency from its headers; strong where it says nothing, since Chroma's
 * clients expect to read their writes.
 *
 * <pre>
 * x-siltstone-consistency: strong | eventual
 * x-siltstone-max-age: 5            seconds, with eventual
 * x-siltstone-at-least: 42          a freshness token
 * x-siltstone-as-of: 7              an older snapshot, by its generation or key, instead of these
 * </pre>
 */
final class ReadConsistency {
  static final String CONSISTENCY = "x-siltstone-consistency";
  static final String MAX_AGE = "x-siltstone-max-age";
  static final String AT_LEAST = "x-siltstone-at-least";

  static final String AS_OF = "x-siltstone-as-of";

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

  /**
   * The snapshot to read from, if the request names one.
   *
   * @throws InvalidRequestException if it also says how fresh the answer has to be
   */
  static Optional<SnapshotName> asOf(ApiRequest request) {
    Optional<SnapshotName> asOf = request.header(AS_OF).map(SnapshotName::new);
    for (String header : List.of(CONSISTENCY, AT_LEAST)) {
      if (asOf.isPresent() && request.header(header).isPresent()) {
        throw new InvalidRequestException(
            "%s and %s exclude each other: a snapshot never changes".formatted(AS_OF, header));
      }
    }
    return asOf;
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
