package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists of vectors in bulk: each a list of numbers or, where allowed, base64 text of
 * little-endian float32 bytes. Numbers are parsed straight to the nearest float.
 */
final class EmbeddingsReader {
  private static final int FIRST_GUESS = 384;

  private final JsonParser parser;
  private final BodyErrors errors;
  private int lastDimension = FIRST_GUESS;

  EmbeddingsReader(BodyReader in) {
    this.parser = in.parser();
    this.errors = in.errors();
  }

  /** What a null in place of a vector means. */
  enum Nulls {
    /** This record keeps its vector. */
    ALLOWED,
    /** A wrong shape. */
    REFUSED
  }

  private enum Form {
    NUMBERS,
    BASE64
  }

  /** Vectors to store; {@code type} names the choice of forms in refusals. */
  List<@Nullable Embedding> read(String type, Nulls nulls) throws IOException {
    JsonStreamContext enclosing = parser.getParsingContext().getParent();
    if (parser.currentToken() != JsonToken.START_ARRAY || enclosing == null) {
      parser.skipChildren();
      throw errors.noVariant(type);
    }
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    Form form = null;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token == JsonToken.VALUE_NULL && nulls == Nulls.ALLOWED) {
        embeddings.add(null);
        continue;
      }
      Form found = token == JsonToken.VALUE_STRING ? Form.BASE64 : Form.NUMBERS;
      float[] numbers = found == Form.NUMBERS ? numbersOrNull() : null;
      if ((form != null && form != found) || (found == Form.NUMBERS && numbers == null)) {
        skipTo(enclosing);
        throw errors.noVariant(type);
      }
      form = found;
      embeddings.add(numbers == null ? base64() : Embedding.owning(numbers));
    }
    return embeddings;
  }

  /**
   * Vectors to compare with. A number beyond the floats counts as the largest one: its distances
   * overflow just the same.
   */
  List<Embedding> readQueries() throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw errors.wrongType("a sequence");
    }
    List<Embedding> queries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw errors.wrongType("a sequence");
      }
      float[] numbers = numbersOrNull();
      if (numbers == null) {
        throw errors.wrongType("f32");
      }
      queries.add(Embedding.owning(clamped(numbers)));
    }
    return queries;
  }

  /** The numbers of a list; null, with the parser on it, if something else is met. */
  private float @Nullable [] numbersOrNull() throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return null;
    }
    float[] values = new float[lastDimension];
    int count = 0;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        return null;
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, Math.min(2 * count, count + 65_536));
      }
      values[count++] = number();
    }
    lastDimension = Math.max(count, 1);
    return count == values.length ? values : Arrays.copyOf(values, count);
  }

  private float number() throws IOException {
    float value = parser.getFloatValue();
    if (Float.isInfinite(value)) {
      errors.inRange(Double.parseDouble(parser.getText()));
    }
    return value;
  }

  private Embedding base64() throws IOException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(parser.getText());
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "Base64 decoding error: Invalid base64 string: " + e.getMessage(), e);
    }
    if (bytes.length % Float.BYTES != 0) {
      throw new InvalidRequestException(
          "Base64 decoding error: Invalid byte length: "
              + bytes.length
              + " bytes cannot be converted to f32 values (must be divisible by 4)");
    }
    return Embedding.fromLittleEndian(bytes);
  }

  /** Moves to the end of the list whose parent is {@code enclosing}. */
  private void skipTo(JsonStreamContext enclosing) throws IOException {
    while (parser.getParsingContext() != enclosing) {
      parser.nextToken();
    }
  }

  private static float[] clamped(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isInfinite(values[i])) {
        values[i] = Math.copySign(Float.MAX_VALUE, values[i]);
      }
    }
    return values;
  }
}
