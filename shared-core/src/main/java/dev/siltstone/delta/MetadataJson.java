package dev.siltstone.delta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.siltstone.record.MetadataPatch;
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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A metadata patch as a JSON object: scalars and lists of one kind of scalar; null removes the key.
 * A number is an integer exactly if it has neither point nor exponent.
 */
final class MetadataJson {
  // The limits are ours alone: a verdict on bytes must not change with the library's defaults.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Short.MAX_VALUE)
                  .maxNestingDepth(2)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private MetadataJson() {}

  static String write(MetadataPatch patch) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, MetadataValue> entry : patch.set().entrySet()) {
        json.writeFieldName(entry.getKey());
        writeValue(json, entry.getValue());
      }
      for (String key : patch.removed()) {
        json.writeNullField(key);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void writeValue(JsonGenerator json, MetadataValue value) throws IOException {
    switch (value) {
      case Scalar scalar -> writeScalar(json, scalar);
      case Many many -> {
        json.writeStartArray();
        for (Scalar element : many.elements()) {
          writeScalar(json, element);
        }
        json.writeEndArray();
      }
    }
  }

  private static void writeScalar(JsonGenerator json, Scalar scalar) throws IOException {
    switch (scalar) {
      case StringValue string -> json.writeString(string.value());
      case IntValue integer -> json.writeNumber(integer.value());
      case FloatValue number -> json.writeNumber(number.value());
      case BoolValue bool -> json.writeBoolean(bool.value());
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  static MetadataPatch read(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("metadata is no JSON object");
      }
      MetadataPatch patch = readObject(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("metadata goes on behind its object");
      }
      return patch;
    } catch (IOException e) {
      throw new IllegalArgumentException("metadata is no JSON", e);
    }
  }

  private static MetadataPatch readObject(JsonParser json) throws IOException {
    TreeMap<String, MetadataValue> set = new TreeMap<>();
    TreeSet<String> removed = new TreeSet<>();
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        removed.add(key);
      } else if (token == JsonToken.START_ARRAY) {
        set.put(key, readList(json));
      } else {
        set.put(key, readScalar(json));
      }
    }
    return new MetadataPatch(set, removed);
  }

  private static Many readList(JsonParser json) throws IOException {
    List<Scalar> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(readScalar(json));
    }
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("metadata has an empty list");
    }
    return switch (elements.getFirst()) {
      case StringValue _ -> new StringList(all(elements, StringValue.class));
      case IntValue _ -> new IntList(all(elements, IntValue.class));
      case FloatValue _ -> new FloatList(all(elements, FloatValue.class));
      case BoolValue _ -> new BoolList(all(elements, BoolValue.class));
    };
  }

  private static <T extends Scalar> List<T> all(List<Scalar> elements, Class<T> kind) {
    if (!elements.stream().allMatch(kind::isInstance)) {
      throw new IllegalArgumentException("metadata has a list of several kinds");
    }
    return elements.stream().map(kind::cast).toList();
  }

  private static Scalar readScalar(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> new StringValue(json.getText());
      case VALUE_NUMBER_INT -> new IntValue(json.getLongValue());
      case VALUE_NUMBER_FLOAT -> new FloatValue(json.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> new BoolValue(json.getBooleanValue());
      default -> throw new IllegalArgumentException("metadata has a " + json.currentToken());
    };
  }
}
