package dev.siltstone.embedding.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire format.
 *
 * <pre>
 * request  {"model": m, "input": [text, …], "encoding_format": "float", "dimensions": n}
 * answer   {"data": [{"index": 0, "embedding": [0.1, …]}, …], …}
 * </pre>
 *
 * The items of an answer may come in any order; {@code index} counts. {@code dimensions} is there
 * only for models that can shorten.
 */
final class EmbeddingsJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final OpenAiEndpoint endpoint;

  EmbeddingsJson(OpenAiEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  byte[] request(List<String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("model", endpoint.model());
      json.writeStringField("encoding_format", "float");
      if (endpoint.shortens()) {
        json.writeNumberField("dimensions", endpoint.dimension());
      }
      json.writeFieldName("input");
      json.writeArray(texts.toArray(String[]::new), 0, texts.size());
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** The answer's embeddings in the order of the {@code count} texts. */
  List<Embedding> embeddings(byte[] answer, int count) {
    @Nullable Embedding[] found = new Embedding[count];
    try (JsonParser json = JSON.createParser(answer)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = json.currentName().equals("data");
        JsonToken value = json.nextToken();
        if (data) {
          expect(json, value, JsonToken.START_ARRAY);
          readItems(json, found);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw broken("is not JSON as agreed");
    }
    return complete(found);
  }

  private void readItems(JsonParser json, @Nullable Embedding[] found) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, json.currentToken(), JsonToken.START_OBJECT);
      readItem(json, found);
    }
  }

  private void readItem(JsonParser json, @Nullable Embedding[] found) throws IOException {
    int index = -1;
    Embedding embedding = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = json.getIntValue();
      } else if (field.equals("embedding")) {
        expect(json, value, JsonToken.START_ARRAY);
        embedding = readEmbedding(json);
      } else {
        json.skipChildren();
      }
    }
    if (embedding == null || index < 0 || index >= found.length || found[index] != null) {
      throw broken("has an item with index %d for %d texts".formatted(index, found.length));
    }
    found[index] = embedding;
  }

  private Embedding readEmbedding(JsonParser json) throws IOException {
    float[] values = new float[endpoint.dimension()];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!json.currentToken().isNumeric()) {
        throw broken("has a value that is no number");
      }
      if (count < values.length) {
        values[count] = json.getFloatValue();
      }
      count++;
    }
    if (count != values.length) {
      throw broken("has a vector of %d values, expected %d".formatted(count, values.length));
    }
    return finite(values);
  }

  private Embedding finite(float[] values) {
    try {
      return Embedding.owning(values);
    } catch (InvalidRequestException e) {
      throw broken("has a value that is not finite");
    }
  }

  private List<Embedding> complete(@Nullable Embedding[] found) {
    long missing = Arrays.stream(found).filter(one -> one == null).count();
    if (missing > 0) {
      throw broken("lacks %d of %d vectors".formatted(missing, found.length));
    }
    return List.of((Embedding[]) found);
  }

  private void expect(JsonParser json, @Nullable JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw broken("has %s at %s".formatted(found, json.getParsingContext().pathAsPointer()));
    }
  }

  /** Without a cause: a parser's message quotes what it read. */
  private CorruptDataException broken(String what) {
    return new CorruptDataException(
        "The answer of embedding model %s %s".formatted(endpoint.model(), what));
  }
}
