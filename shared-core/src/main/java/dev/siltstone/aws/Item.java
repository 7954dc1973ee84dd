package dev.siltstone.aws;

import dev.siltstone.failure.CorruptDataException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item, or a part of one, with typed access to its attributes. Immutable. An attribute that is
 * missing or of another kind than the layout says is {@link CorruptDataException}.
 */
public record Item(Map<String, AttributeValue> attributes) {
  public static final Item NONE = new Item(Map.of());

  public Item {
    attributes = Map.copyOf(attributes);
  }

  static Item of(String name, String value) {
    return NONE.with(name, value);
  }

  /** This item with one more attribute; a null value leaves it out. */
  public Item with(String name, @Nullable String value) {
    return value == null ? this : with(name, AttributeValue.fromS(value));
  }

  public Item with(String name, long value) {
    return with(name, AttributeValue.fromN(Long.toString(value)));
  }

  public Item with(String name, BigInteger value) {
    return with(name, AttributeValue.fromN(value.toString()));
  }

  public Item with(String name, AttributeValue value) {
    Map<String, AttributeValue> more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new Item(more);
  }

  /** The item's key alone. */
  public Item key() {
    return NONE.with(TableLayout.PK, required(TableLayout.PK))
        .with(TableLayout.SK, required(TableLayout.SK));
  }

  public boolean isEmpty() {
    return attributes.isEmpty();
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  public String text(String name) {
    String text = required(name).s();
    if (text == null) {
      throw corrupt(name, "a string");
    }
    return text;
  }

  public @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  public long number(String name) {
    String digits = required(name).n();
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw corrupt(name, "a whole number");
    }
  }

  public long numberOr(String name, long otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  /** The attribute as DynamoDB gave it. */
  public AttributeValue required(String name) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      throw corrupt(name, "present");
    }
    return value;
  }

  private CorruptDataException corrupt(String name, String expected) {
    AttributeValue pk = attributes.get(TableLayout.PK);
    return new CorruptDataException(
        "attribute %s of item %s is not %s".formatted(name, pk == null ? "?" : pk.s(), expected));
  }
}
