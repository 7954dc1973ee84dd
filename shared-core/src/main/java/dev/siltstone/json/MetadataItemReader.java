package dev.siltstone.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.siltstone.json.MetadataItem.EmptyList;
import dev.siltstone.json.MetadataItem.Null;
import dev.siltstone.json.MetadataItem.SparseVector;
import dev.siltstone.json.MetadataItem.Unfit;
import dev.siltstone.json.MetadataItem.Value;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one metadata value and leaves the parser on its last token. A number without fraction and
 * exponent that fits 64 bits is an integer, any other a float; a list of both is a list of floats.
 */
public final class MetadataItemReader {
  private MetadataItemReader() {}

  /**
   * The value at the parser's current token.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if a number is beyond the doubles
   */
  public static MetadataItem read(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_NULL -> new Null();
      case START_ARRAY -> list(in);
      case START_OBJECT -> object(in);
      default -> {
        Scalar scalar = scalar(in);
        yield scalar == null ? new Unfit() : new Value(scalar);
      }
    };
  }

  private static @Nullable Scalar scalar(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> new StringValue(in.getText());
      case VALUE_TRUE -> new BoolValue(true);
      case VALUE_FALSE -> new BoolValue(false);
      case VALUE_NUMBER_INT ->
          in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? new FloatValue(in.getDoubleValue())
              : new IntValue(in.getLongValue());
      case VALUE_NUMBER_FLOAT -> new FloatValue(in.getDoubleValue());
      default -> null;
    };
  }

  private static MetadataItem list(JsonParser in) throws IOException {
    List<Scalar> elements = new ArrayList<>();
    boolean fit = true;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Scalar element = scalar(in);
      if (element == null) {
        fit = false;
        in.skipChildren();
      } else {
        elements.add(element);
      }
    }
    if (!fit) {
      return new Unfit();
    }
    return elements.isEmpty() ? new EmptyList() : ofOneKind(elements);
  }

  private static MetadataItem ofOneKind(List<Scalar> elements) {
    MetadataValue list =
        switch (elements.getFirst()) {
          case StringValue _ -> all(elements, StringValue.class) ? strings(elements) : null;
          case BoolValue _ -> all(elements, BoolValue.class) ? bools(elements) : null;
          case IntValue _ -> all(elements, IntValue.class) ? ints(elements) : floats(elements);
          case FloatValue _ -> floats(elements);
        };
    return list == null ? new Unfit() : new Value(list);
  }

  private static boolean all(List<Scalar> elements, Class<? extends Scalar> kind) {
    return elements.stream().allMatch(kind::isInstance);
  }

  private static StringList strings(List<Scalar> elements) {
    return new StringList(elements.stream().map(StringValue.class::cast).toList());
  }

  private static BoolList bools(List<Scalar> elements) {
    return new BoolList(elements.stream().map(BoolValue.class::cast).toList());
  }

  private static IntList ints(List<Scalar> elements) {
    return new IntList(elements.stream().map(IntValue.class::cast).toList());
  }

  private static @Nullable FloatList floats(List<Scalar> elements) {
    List<FloatValue> floats = new ArrayList<>(elements.size());
    for (Scalar element : elements) {
      switch (element) {
        case FloatValue value -> floats.add(value);
        case IntValue value -> floats.add(new FloatValue(value.value()));
        case StringValue _, BoolValue _ -> {
          return null;
        }
      }
    }
    return new FloatList(floats);
  }

  private static MetadataItem object(JsonParser in) throws IOException {
    boolean indices = false;
    boolean values = false;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      boolean array = in.nextToken() == JsonToken.START_ARRAY;
      indices |= array && name.equals("indices");
      values |= array && name.equals("values");
      in.skipChildren();
    }
    return indices && values ? new SparseVector() : new Unfit();
  }
}
