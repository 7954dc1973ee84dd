package dev.siltstone.permissions;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * One line of a statement's conditions: a key that is compared with values.
 *
 * @param operator such as {@code ForAllValues:StringLike}
 */
record Condition(String operator, String key, List<String> values) {
  private static final String FOR_ALL = "ForAllValues:";

  /** Whether the call satisfies it. */
  boolean holds(Call call) {
    List<String> given = call.context().getOrDefault(key, List.of());
    if (operator.equals("Null")) {
      return values.equals(List.of(Boolean.toString(given.isEmpty())));
    }
    if (operator.startsWith(FOR_ALL)) {
      BiPredicate<String, String> comparison = comparison(operator.substring(FOR_ALL.length()));
      return given.stream().allMatch(value -> anyOf(comparison, value));
    }
    BiPredicate<String, String> comparison = comparison(operator);
    if (given.size() > 1) {
      throw new AssertionError(operator + " compares one value, not " + given);
    }
    return !given.isEmpty() && anyOf(comparison, given.getFirst());
  }

  private boolean anyOf(BiPredicate<String, String> comparison, String value) {
    return values.stream().anyMatch(wanted -> comparison.test(wanted, value));
  }

  private static BiPredicate<String, String> comparison(String name) {
    return switch (name) {
      case "StringEquals" -> String::equals;
      case "StringLike" -> Wildcard::matches;
      case "Bool" -> String::equalsIgnoreCase;
      case "NumericLessThan" ->
          (wanted, value) -> Double.parseDouble(value) < Double.parseDouble(wanted);
      default -> throw new AssertionError("unknown operator: " + name);
    };
  }
}
