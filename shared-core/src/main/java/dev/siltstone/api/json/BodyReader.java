package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON body token by token. Each method expects the parser on the first token of a value
 * and leaves it on the last one. Unknown fields are skipped, a repeated known field is refused, and
 * every refusal is a 400 or a 422 that names the place.
 */
public final class BodyReader {
  private static final long MAX_U32 = 0xFFFF_FFFFL;

  private final JsonParser parser;
  private final BodyErrors errors;

  private BodyReader(byte[] body, JsonParser parser) {
    this.parser = parser;
    this.errors = new BodyErrors(body, parser);
  }

  /** Reads one value. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(BodyReader in) throws IOException;
  }

  /** Reads the value of a field, or returns false without touching it if the field is unknown. */
  @FunctionalInterface
  public interface FieldReading {
    boolean read(String name) throws IOException;
  }

  /**
   * Reads a whole body.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if it is not UTF-8 or not JSON
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static <T> T read(byte[] body, Reading<T> reading) {
    Utf8.check(body);
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      BodyReader in = new BodyReader(body, parser);
      return in.whole(reading);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private <T> T whole(Reading<T> reading) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw errors.endOfInput();
      }
      T value = reading.read(this);
      if (parser.nextToken() != null) {
        throw errors.trailingCharacters();
      }
      return value;
    } catch (JsonProcessingException e) {
      throw errors.syntax(e);
    }
  }

  /** Makes the refusals that name the place the reader is at. */
  public BodyErrors errors() {
    return errors;
  }

  /** Reads an object of known fields; {@code type} names it in refusals. */
  public void fields(String type, FieldReading reading) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw errors.wrongType(type);
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (seen.contains(name)) {
        throw errors.duplicateField(name);
      }
      parser.nextToken();
      if (reading.read(name)) {
        seen.add(name);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Reads an object of known fields only; {@code type} names it in refusals. */
  public void strictFields(String type, List<String> known, FieldReading reading)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw errors.wrongType(type);
    }
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!known.contains(name)) {
        throw errors.unknownField(name, known);
      }
      if (!seen.add(name)) {
        throw errors.duplicateField(name);
      }
      parser.nextToken();
      reading.read(name);
    }
  }

  /** Reads a list. */
  public <T> List<T> list(Reading<T> item) throws IOException {
    expectList();
    List<T> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(item.read(this));
    }
    return items;
  }

  /** Reads a list in which some values may be null. */
  public <T> List<@Nullable T> sparseList(Reading<T> item) throws IOException {
    expectList();
    List<@Nullable T> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(nullable(item));
    }
    return items;
  }

  private void expectList() throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw errors.wrongType("a sequence");
    }
  }

  /** Reads a value, or null. */
  public <T> @Nullable T nullable(Reading<T> reading) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : reading.read(this);
  }

  public String string() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw errors.wrongType("a string");
    }
    return errors.wellFormed(parser.getText());
  }

  public boolean bool() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw errors.wrongType("a boolean");
    };
  }

  /** Reads a number of 0 to 2³²−1; what an int cannot hold comes back as the largest int. */
  public int u32() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw errors.wrongType("u32");
    }
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < 0
        || parser.getLongValue() > MAX_U32) {
      throw errors.wrongValue("u32");
    }
    return (int) Math.min(parser.getLongValue(), Integer.MAX_VALUE);
  }

  /** Reads a number of 0 and more that fits an int. */
  public int size() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw errors.wrongType("usize");
    }
    if (parser.getNumberType() != JsonParser.NumberType.INT || parser.getIntValue() < 0) {
      throw errors.wrongValue("usize");
    }
    return parser.getIntValue();
  }

  public double f64() throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw errors.wrongType("f64");
    }
    return errors.inRange(parser.getDoubleValue());
  }

  /**
   * Reads any value as a tree of Map, List, String, Long, Double, Boolean and null. Of a repeated
   * key the last value counts.
   */
  public @Nullable Object tree() throws IOException {
    return JsonTree.read(parser, errors);
  }

  /** The parser itself, for values that are read in bulk. */
  JsonParser parser() {
    return parser;
  }
}
