package dev.siltstone.query.search;

import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Many;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.where.ScalarOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order of all metadata values: nothing, then booleans, numbers (an int and a float by their
 * value), strings, and lists element by element.
 */
final class ValueOrder {
  static final Comparator<@Nullable MetadataValue> MISSING_FIRST =
      Comparator.nullsFirst(ValueOrder::compare);

  private ValueOrder() {}

  private static int compare(MetadataValue left, MetadataValue right) {
    int kinds = Integer.compare(kind(left), kind(right));
    if (kinds != 0) {
      return kinds;
    }
    return left instanceof Many leftList && right instanceof Many rightList
        ? lists(leftList.elements(), rightList.elements())
        : scalars((Scalar) left, (Scalar) right);
  }

  private static int kind(MetadataValue value) {
    return switch (value) {
      case BoolValue _ -> 0;
      case IntValue _, FloatValue _ -> 1;
      case StringValue _ -> 2;
      case Many _ -> 3;
    };
  }

  private static int scalars(Scalar left, Scalar right) {
    return switch (left) {
      case BoolValue(boolean value) -> Boolean.compare(value, ((BoolValue) right).value());
      case StringValue(String value) -> value.compareTo(((StringValue) right).value());
      case IntValue _, FloatValue _ -> ScalarOrder.compareNumbers(left, right);
    };
  }

  private static int lists(List<? extends Scalar> left, List<? extends Scalar> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
