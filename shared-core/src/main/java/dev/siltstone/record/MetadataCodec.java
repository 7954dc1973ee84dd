package dev.siltstone.record;

import dev.siltstone.failure.CorruptDataException;
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
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Metadata as bytes, for segment files and record checksums. Little-endian, sorted by key:
 *
 * <pre>
 * u32      number of entries; then per entry:
 *   u32    length of the key, then the key, UTF-8
 *   u8     kind of the value: 1 string, 2 int, 3 float, 4 bool; 16 more for a list of it
 *   value, or for a list u32 number of elements and the elements:
 *     string  u32 length, UTF-8
 *     int     u64, two's complement
 *     float   u64, IEEE 754 bits
 *     bool    u8, 0 or 1
 * </pre>
 */
public final class MetadataCodec {
  private static final int STRING = 1;
  private static final int INT = 2;
  private static final int FLOAT = 3;
  private static final int BOOL = 4;
  private static final int LIST = 16;

  private MetadataCodec() {}

  /**
   * Encodes metadata, empty metadata too.
   *
   * @throws IllegalArgumentException if a text has an unpaired surrogate
   */
  public static byte[] encode(Metadata metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      putInt(out, metadata.values().size());
      for (var entry : metadata.values().entrySet()) {
        putText(out, entry.getKey());
        out.writeByte(kind(entry.getValue()));
        putValue(out, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static int kind(MetadataValue value) {
    return switch (value) {
      case StringValue _ -> STRING;
      case IntValue _ -> INT;
      case FloatValue _ -> FLOAT;
      case BoolValue _ -> BOOL;
      case StringList _ -> LIST + STRING;
      case IntList _ -> LIST + INT;
      case FloatList _ -> LIST + FLOAT;
      case BoolList _ -> LIST + BOOL;
    };
  }

  private static void putValue(DataOutputStream out, MetadataValue value) throws IOException {
    switch (value) {
      case Scalar scalar -> putScalar(out, scalar);
      case Many list -> {
        putInt(out, list.elements().size());
        for (Scalar element : list.elements()) {
          putScalar(out, element);
        }
      }
    }
  }

  private static void putScalar(DataOutputStream out, Scalar scalar) throws IOException {
    switch (scalar) {
      case StringValue(String value) -> putText(out, value);
      case IntValue(long value) -> out.writeLong(Long.reverseBytes(value));
      case FloatValue(double value) ->
          out.writeLong(Long.reverseBytes(Double.doubleToRawLongBits(value)));
      case BoolValue(boolean value) -> out.writeBoolean(value);
    }
  }

  private static void putText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = Utf8.encode(text);
    putInt(out, bytes.length);
    out.write(bytes);
  }

  private static void putInt(DataOutputStream out, int value) throws IOException {
    out.writeInt(Integer.reverseBytes(value));
  }

  /**
   * Reads what {@link #encode} wrote, from a little-endian buffer.
   *
   * @throws CorruptDataException if the bytes are no metadata
   */
  public static Metadata decode(ByteBuffer in) {
    try {
      return metadata(in);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new CorruptDataException("metadata ends early", e);
    }
  }

  private static Metadata metadata(ByteBuffer in) {
    TreeMap<String, MetadataValue> values = new TreeMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      String key = text(in);
      values.put(key, value(in, in.get()));
    }
    return new Metadata(values);
  }

  private static MetadataValue value(ByteBuffer in, int kind) {
    return switch (kind) {
      case STRING -> string(in);
      case INT -> integer(in);
      case FLOAT -> floating(in);
      case BOOL -> bool(in);
      case LIST + STRING -> new StringList(elements(in, MetadataCodec::string));
      case LIST + INT -> new IntList(elements(in, MetadataCodec::integer));
      case LIST + FLOAT -> new FloatList(elements(in, MetadataCodec::floating));
      case LIST + BOOL -> new BoolList(elements(in, MetadataCodec::bool));
      default -> throw new CorruptDataException("metadata has a value of unknown kind " + kind);
    };
  }

  private static <T> List<T> elements(ByteBuffer in, Function<ByteBuffer, T> element) {
    int count = in.getInt();
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(element.apply(in));
    }
    return elements;
  }

  private static StringValue string(ByteBuffer in) {
    return new StringValue(text(in));
  }

  private static IntValue integer(ByteBuffer in) {
    return new IntValue(in.getLong());
  }

  private static FloatValue floating(ByteBuffer in) {
    return new FloatValue(in.getDouble());
  }

  private static BoolValue bool(ByteBuffer in) {
    return new BoolValue(in.get() != 0);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
