package dev.siltstone.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One action of a write, alone or in a transaction. In expressions an attribute is written {@code
 * #name} and stands for the attribute of just that name, a value {@code :name} and is given by
 * {@link #value}.
 */
public final class TableWrite {
  private static final Pattern PLACEHOLDER = Pattern.compile("#([a-z_]+)");

  /** What is done. */
  enum Kind {
    PUT,
    UPDATE,
    DELETE,
    CHECK
  }

  private final Kind kind;
  private final Item item;
  private final String update;
  private final @Nullable String condition;
  private final Map<String, AttributeValue> values;

  private TableWrite(
      Kind kind,
      Item item,
      String update,
      @Nullable String condition,
      Map<String, AttributeValue> values) {
    this.kind = kind;
    this.item = item;
    this.update = update;
    this.condition = condition;
    this.values = values;
  }

  /** Writes the whole item. */
  public static TableWrite put(Item item) {
    return new TableWrite(Kind.PUT, item, "", null, Map.of());
  }

  /** Changes attributes by an update expression. */
  public static TableWrite update(Item key, String expression) {
    return new TableWrite(Kind.UPDATE, key, expression, null, Map.of());
  }

  public static TableWrite delete(Item key) {
    return new TableWrite(Kind.DELETE, key, "", null, Map.of());
  }

  /** Only demands something of an item, in a transaction. */
  public static TableWrite check(Item key) {
    return new TableWrite(Kind.CHECK, key, "", null, Map.of());
  }

  /** This action if the condition holds. */
  public TableWrite when(String conditionExpression) {
    return new TableWrite(kind, item, update, conditionExpression, values);
  }

  /** This action if there is no such item. */
  public TableWrite whenAbsent() {
    return when("attribute_not_exists(#pk)");
  }

  /** This action if there is such an item. */
  public TableWrite whenPresent() {
    return when("attribute_exists(#pk)");
  }

  public TableWrite value(String name, String value) {
    return value(name, AttributeValue.fromS(value));
  }

  public TableWrite value(String name, long value) {
    return value(name, AttributeValue.fromN(Long.toString(value)));
  }

  private TableWrite value(String name, AttributeValue value) {
    Map<String, AttributeValue> more = new LinkedHashMap<>(values);
    more.put(":" + name, value);
    return new TableWrite(kind, item, update, condition, more);
  }

  Kind kind() {
    return kind;
  }

  Item item() {
    return item;
  }

  String updateExpression() {
    return update;
  }

  @Nullable String condition() {
    return condition;
  }

  /** Null where there are none: the service refuses an empty map. */
  @Nullable Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : values;
  }

  @Nullable Map<String, String> names() {
    return names(update + (condition == null ? "" : condition));
  }

  /** The placeholders in an expression, each for the attribute of its name; null if none. */
  static @Nullable Map<String, String> names(String expressions) {
    Map<String, String> names = new TreeMap<>();
    Matcher matcher = PLACEHOLDER.matcher(expressions);
    while (matcher.find()) {
      names.put(matcher.group(), matcher.group(1));
    }
    return names.isEmpty() ? null : names;
  }
}
