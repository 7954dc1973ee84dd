package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refusals in the words of Chroma's server (serde's), which clients match on: what was expected,
 * the path from the body's root, line and column. Bad syntax is a 400, a wrong shape a 422. Values
 * are quoted back only in part.
 */
public final class BodyErrors {
  private static final String SHAPE = "Failed to deserialize the JSON body into the target type: ";
  private static final String SYNTAX = "Failed to parse the request body as JSON: ";

  /** A place that is deeper than this is told by line and column alone. */
  private static final int LONGEST_PATH = 20;

  private static final int QUOTED = 200;

  private final byte[] body;
  private final JsonParser parser;

  BodyErrors(byte[] body, JsonParser parser) {
    this.body = body;
    this.parser = parser;
  }

  /** The value is of another type; {@code expected} such as {@code a string}. */
  public ApiException wrongType(String expected) throws IOException {
    String found = found();
    return shape("invalid type: %s, expected %s".formatted(found, expected), here());
  }

  /** The value is of the right type but out of range. */
  public ApiException wrongValue(String expected) throws IOException {
    String found = found();
    return shape("invalid value: %s, expected %s".formatted(found, expected), here());
  }

  /** The value, which has been read to its end, fits none of a choice of shapes. */
  public ApiException noVariant(String type) {
    return shape("data did not match any variant of untagged enum " + type, afterClosing(here()));
  }

  /** The text is none of the names that are allowed here. */
  public ApiException unknownVariant(String found, List<String> expected) {
    return shape(
        "unknown variant `%s`, expected one of %s".formatted(cut(found), quoted(expected)), here());
  }

  /** The object has ended without a field that it needs. */
  public ApiException missingField(String name) {
    return shape("missing field `" + name + "`", here());
  }

  /** The value, which has been read to its end, is wrong in a way of its own. */
  public ApiException invalid(String message) {
    return shape(message, afterClosing(here()));
  }

  ApiException duplicateField(String name) {
    return shape("duplicate field `" + cut(name) + "`", here());
  }

  ApiException unknownField(String name, List<String> expected) {
    return shape(
        "unknown field `%s`, expected one of %s".formatted(cut(name), quoted(expected)),
        tokenStart() + name.length() + 2);
  }

  /** Returns a text that can be written as UTF-8, which one with half a surrogate pair cannot. */
  String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw syntax("lone leading surrogate in hex escape", here());
        }
        i++;
      }
    }
    return text;
  }

  /** Returns a number that is no infinity. */
  double inRange(double number) {
    if (Double.isInfinite(number)) {
      throw syntax("number out of range", here());
    }
    return number;
  }

  InvalidRequestException endOfInput() {
    return syntax("EOF while parsing a value", body.length);
  }

  InvalidRequestException trailingCharacters() {
    return syntax("trailing characters", tokenStart() + 1);
  }

  InvalidRequestException syntax(JsonProcessingException cause) {
    if (cause instanceof JsonEOFException) {
      String what = parser.currentToken() == JsonToken.VALUE_STRING ? "a string" : "a value";
      return syntax("EOF while parsing " + what, body.length);
    }
    if (cause instanceof StreamConstraintsException) {
      return syntax(limitExceeded(cause.getOriginalMessage()), here());
    }
    return syntax("expected value", wordStart() + 1);
  }

  /** The parser has no names for its limits but the words of its message. */
  private static String limitExceeded(String parsersWords) {
    if (parsersWords.contains("nesting depth")) {
      return "limit exceeded: nested deeper than %d levels".formatted(Json.MAX_DEPTH);
    }
    if (parsersWords.contains("Number value length")) {
      return "limit exceeded: a number of more than %d digits".formatted(Json.MAX_NUMBER_LENGTH);
    }
    return "limit exceeded: a name of more than %d characters".formatted(Json.MAX_NAME_LENGTH);
  }

  private InvalidRequestException syntax(String message, int column) {
    return new InvalidRequestException(SYNTAX + path() + message + " at " + place(column));
  }

  private ApiException shape(String message, int column) {
    return ApiException.unprocessable(SHAPE + path() + message + " at " + place(column));
  }

  private String found() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> "string \"" + cut(parser.getText()) + "\"";
      case VALUE_NUMBER_INT -> "integer `" + cut(parser.getText()) + "`";
      case VALUE_NUMBER_FLOAT -> "floating point `" + cut(parser.getText()) + "`";
      case VALUE_TRUE, VALUE_FALSE -> "boolean `" + parser.getText() + "`";
      case START_ARRAY -> "sequence";
      case START_OBJECT -> "map";
      default -> "null";
    };
  }

  /** Such as {@code metadatas[0].o: }; empty at the root. */
  private String path() {
    JsonStreamContext at = parser.getParsingContext();
    if (parser.currentToken() == JsonToken.START_OBJECT
        || parser.currentToken() == JsonToken.START_ARRAY) {
      at = at.getParent();
    }
    Deque<String> steps = new ArrayDeque<>();
    for (; at != null && !at.inRoot(); at = at.getParent()) {
      @Nullable String name = at.getCurrentName();
      if (at.inArray()) {
        steps.push("[" + at.getCurrentIndex() + "]");
      } else if (name != null) {
        steps.push("." + cut(name));
      }
    }
    String path = steps.size() > LONGEST_PATH ? "" : String.join("", steps);
    return path.isEmpty() ? "" : (path.startsWith(".") ? path.substring(1) : path) + ": ";
  }

  private int here() {
    return (int) parser.currentLocation().getByteOffset();
  }

  private int tokenStart() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Where the word begins that is no JSON value. */
  private int wordStart() {
    int at = Math.clamp(tokenStart(), 0, body.length);
    if (at < body.length && isWordPart(body[at])) {
      return at;
    }
    at = Math.clamp(here(), 0, body.length);
    while (at > 0 && isWordPart(body[at - 1])) {
      at--;
    }
    return at;
  }

  private static boolean isWordPart(byte character) {
    return Character.isLetterOrDigit(character);
  }

  /** The reference steps over the bracket that closes the enclosing value before it reports. */
  private int afterClosing(int offset) {
    int at = offset;
    while (at < body.length && Character.isWhitespace(body[at])) {
      at++;
    }
    boolean closes = at < body.length && (body[at] == '}' || body[at] == ']');
    return closes ? at + 1 : at;
  }

  private String place(int offset) {
    int end = Math.clamp(offset, 0, body.length);
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < end; i++) {
      if (body[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return "line " + line + " column " + (end - lineStart);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    if (text.length() <= QUOTED) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return text.substring(0, end) + "…";
  }
}
