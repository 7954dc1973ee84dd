package dev.siltstone.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.json.MetadataItem.EmptyList;
import dev.siltstone.json.MetadataItem.Null;
import dev.siltstone.json.MetadataItem.SparseVector;
import dev.siltstone.json.MetadataItem.Unfit;
import dev.siltstone.json.MetadataItem.Value;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Many;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Metadata as a JSON object, keys in order. Integers have neither fraction nor exponent and floats
 * have one of them, so 3 and 3.0 stay apart. In a patch, {@code null} stands for a removed key.
 */
public final class MetadataJson {
  private MetadataJson() {}

  /** Metadata as JSON text. */
  public static String text(Metadata metadata) {
    return text(out -> write(out, metadata));
  }

  /** A patch as JSON text. */
  public static String text(MetadataPatch patch) {
    return text(out -> write(out, patch));
  }

  /**
   * Reads what {@link #text(Metadata)} wrote.
   *
   * @throws CorruptDataException if the text is no such object
   */
  public static Metadata metadata(String text) {
    MetadataPatch patch = patch(text);
    if (!patch.removed().isEmpty()) {
      throw new CorruptDataException("metadata has a null value");
    }
    return Metadata.of(patch.set());
  }

  /**
   * Reads what {@link #text(MetadataPatch)} wrote.
   *
   * @throws CorruptDataException if the text is no such object
   */
  public static MetadataPatch patch(String text) {
    try (JsonParser in = Json.FACTORY.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new CorruptDataException("metadata is not a JSON object");
      }
      MetadataPatch patch = patch(in);
      if (in.nextToken() != null) {
        throw new CorruptDataException("metadata goes on after its object");
      }
      return patch;
    } catch (IOException e) {
      throw new CorruptDataException("metadata is not JSON", e);
    } catch (InvalidRequestException e) {
      throw new CorruptDataException("metadata breaks a rule: " + e.getMessage(), e);
    }
  }

  /** Writes an object. */
  public static void write(JsonGenerator out, Metadata metadata) throws IOException {
    out.writeStartObject();
    writeFields(out, metadata.values());
    out.writeEndObject();
  }

  /** Writes an object with null for each removed key. */
  public static void write(JsonGenerator out, MetadataPatch patch) throws IOException {
    out.writeStartObject();
    writeFields(out, patch.set());
    for (String key : patch.removed()) {
      out.writeNullField(key);
    }
    out.writeEndObject();
  }

  private static MetadataPatch patch(JsonParser in) throws IOException {
    Map<String, MetadataValue> set = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      in.nextToken();
      switch (MetadataItemReader.read(in)) {
        case Value(MetadataValue value) -> set.put(key, value);
        case Null _ -> removed.add(key);
        case EmptyList _, SparseVector _, Unfit _ ->
            throw new CorruptDataException("metadata has an unfit value for a key");
      }
    }
    return set.isEmpty() && removed.isEmpty() ? MetadataPatch.NONE : MetadataPatch.of(set, removed);
  }

  private static void writeFields(JsonGenerator out, Map<String, MetadataValue> values)
      throws IOException {
    for (Map.Entry<String, MetadataValue> entry : values.entrySet()) {
      out.writeFieldName(entry.getKey());
      write(out, entry.getValue());
    }
  }

  private static void write(JsonGenerator out, MetadataValue value) throws IOException {
    switch (value) {
      case Scalar scalar -> writeScalar(out, scalar);
      case Many many -> {
        out.writeStartArray();
        for (Scalar element : many.elements()) {
          writeScalar(out, element);
        }
        out.writeEndArray();
      }
    }
  }

  private static void writeScalar(JsonGenerator out, Scalar scalar) throws IOException {
    switch (scalar) {
      case StringValue(String value) -> out.writeString(value);
      case IntValue(long value) -> out.writeNumber(value);
      case FloatValue(double value) -> out.writeNumber(value);
      case BoolValue(boolean value) -> out.writeBoolean(value);
    }
  }

  private static String text(Json.Writing writing) {
    return new String(Json.bytes(writing), StandardCharsets.UTF_8);
  }
}
