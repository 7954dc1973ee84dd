package dev.siltstone.api.description;

import static dev.siltstone.api.description.OpenApi.content;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A status that blames the request, or asks for patience. */
enum Refusal {
  INVALID(400, "A rule is broken; the message names it"),
  UNAUTHORIZED(401, "No valid token came with the request"),
  FORBIDDEN(403, "The token does not allow it, or the server has it switched off"),
  MISSING(404, "There is none"),
  CONFLICT(409, "The name is taken"),
  TOO_LARGE(413, "The body or the answer is over a limit; the message says what to do"),
  NOT_JSON(415, "The body is not JSON, or encoded in an unknown way"),
  WRONG_SHAPE(422, "Well-formed JSON of the wrong shape; the message names the place"),
  TOO_MANY(429, "Writes come faster than they are folded; try again later"),
  FAULT(500, "A fault of the server"),
  UNSUPPORTED(501, "Known, but not here"),
  UNAVAILABLE(503, "Not now; try again later, and read back a write before sending it again");

  /** What any route may answer. */
  static final List<Refusal> OF_ALL = List.of(INVALID, FAULT);

  /** What a route may answer that asks for a token. */
  static final List<Refusal> OF_ACCESS = List.of(UNAUTHORIZED, FORBIDDEN, UNAVAILABLE);

  /** What a route may answer whose path has names. */
  static final List<Refusal> OF_NAMES = List.of(MISSING);

  /** What a route may answer that reads a body. */
  static final List<Refusal> OF_BODIES = List.of(TOO_LARGE, NOT_JSON, WRONG_SHAPE);

  private final int status;
  private final String meaning;

  Refusal(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  int status() {
    return status;
  }

  private List<String> headers() {
    return switch (this) {
      case UNAUTHORIZED -> List.of("www-authenticate");
      case TOO_MANY, UNAVAILABLE -> List.of("retry-after");
      default -> List.of();
    };
  }

  /** Its place in a document; {@code schema} is that of its body. */
  Map<String, @Nullable Object> describe(String schema) {
    return OpenApi.response(meaning, headers(), content("application/json", schema));
  }
}
