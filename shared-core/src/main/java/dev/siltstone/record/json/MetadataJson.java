package dev.siltstone.record.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Many;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metadata as a JSON object. A float always has a fraction or an exponent, an int never: 3 and 3.0
 * stay what they are.
 */
public final class MetadataJson {
  private static final JsonFactory JSON = new JsonFactory();

  private MetadataJson() {}

  public static String encode(Metadata metadata) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, MetadataValue> entry : metadata.values().entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("a string writer does not fail", e);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws CorruptDataException if the text is anything else
   */
  public static Metadata decode(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      expect(json, json.nextToken(), JsonToken.START_OBJECT);
      Map<String, MetadataValue> values = new TreeMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        values.put(key, value(json, json.nextToken()));
      }
      expect(json, json.currentToken(), JsonToken.END_OBJECT);
      return Metadata.of(values);
    } catch (IOException e) {
      throw new CorruptDataException("stored metadata is not valid JSON", e);
    }
  }

  private static void write(JsonGenerator json, MetadataValue value) throws IOException {
    switch (value) {
      case StringValue(String string) -> json.writeString(string);
      case IntValue(long number) -> json.writeNumber(number);
      case FloatValue(double number) -> json.writeNumber(number);
      case BoolValue(boolean bool) -> json.writeBoolean(bool);
      case Many many -> {
        json.writeStartArray();
        for (Scalar element : many.elements()) {
          write(json, element);
        }
        json.writeEndArray();
      }
    }
  }

  private static MetadataValue value(JsonParser json, JsonToken token) throws IOException {
    return token == JsonToken.START_ARRAY ? list(json) : scalar(json, token);
  }

  private static Scalar scalar(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new StringValue(json.getText());
      case VALUE_NUMBER_INT -> new IntValue(json.getLongValue());
      case VALUE_NUMBER_FLOAT -> new FloatValue(json.getDoubleValue());
      case VALUE_TRUE -> new BoolValue(true);
      case VALUE_FALSE -> new BoolValue(false);
      default -> throw unexpected(json, token);
    };
  }

  private static Many list(JsonParser json) throws IOException {
    List<Scalar> elements = new ArrayList<>();
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      elements.add(scalar(json, token));
    }
    return switch (elements.isEmpty() ? null : elements.getFirst()) {
      case StringValue _ -> new StringList(all(StringValue.class, elements));
      case IntValue _ -> new IntList(all(IntValue.class, elements));
      case FloatValue _ -> new FloatList(all(FloatValue.class, elements));
      case BoolValue _ -> new BoolList(all(BoolValue.class, elements));
      case null -> throw new CorruptDataException("stored metadata has an empty list");
    };
  }

  private static <T extends Scalar> List<T> all(Class<T> kind, List<Scalar> elements) {
    List<T> result = new ArrayList<>(elements.size());
    for (Scalar element : elements) {
      if (!kind.isInstance(element)) {
        throw new CorruptDataException("stored metadata has a list of several kinds");
      }
      result.add(kind.cast(element));
    }
    return result;
  }

  private static void expect(JsonParser json, JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw unexpected(json, found);
    }
  }

  private static CorruptDataException unexpected(JsonParser json, JsonToken token) {
    return new CorruptDataException(
        "stored metadata has %s at %s"
            .formatted(token, json.currentTokenLocation().offsetDescription()));
  }
}
