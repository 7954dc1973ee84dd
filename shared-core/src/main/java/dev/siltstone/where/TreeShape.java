package dev.siltstone.where;

import dev.siltstone.failure.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes one filter's tree apart, counting its conditions and watching its depth. */
final class TreeShape {
  /** What an object of a filter holds: a key or operator and what belongs to it. */
  record OnlyEntry(String key, @Nullable Object value) {}

  private final String invalidMessage;
  private final FilterBreadth breadth;

  TreeShape(String invalidMessage, FilterBreadth breadth) {
    this.invalidMessage = invalidMessage;
    this.breadth = breadth;
  }

  InvalidRequestException invalid() {
    return new InvalidRequestException(invalidMessage);
  }

  /** The one entry that an object of a filter has. */
  OnlyEntry onlyEntry(@Nullable Object tree, int depth) {
    if (depth > WhereParser.MAX_DEPTH) {
      throw new InvalidRequestException(
          "%s: nested more than %d deep".formatted(invalidMessage, WhereParser.MAX_DEPTH));
    }
    if (!(tree instanceof Map<?, ?> object) || object.size() != 1) {
      throw invalid();
    }
    Map.Entry<?, ?> only = object.entrySet().iterator().next();
    if (!(only.getKey() instanceof String key)) {
      throw invalid();
    }
    return new OnlyEntry(key, only.getValue());
  }

  List<?> list(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw invalid();
    }
    return list;
  }

  List<?> operands(@Nullable Object value) {
    List<?> operands = list(value);
    breadth.countOperands(operands.size(), invalidMessage);
    return operands;
  }

  void countCondition() {
    breadth.countCondition(invalidMessage);
  }

  void countDocumentCondition() {
    breadth.countDocumentCondition(invalidMessage);
  }
}
