package dev.siltstone.where;

import dev.siltstone.record.MetadataValue.Scalar;

/** How a scalar is compared with an operand. The last four are for numbers only. */
public enum Comparison {
  EQUAL("$eq"),
  NOT_EQUAL("$ne"),
  GREATER("$gt"),
  GREATER_OR_EQUAL("$gte"),
  LESS("$lt"),
  LESS_OR_EQUAL("$lte");

  private final String wireName;

  Comparison(String wireName) {
    this.wireName = wireName;
  }

  /** The operator on the wire, such as {@code $gte}. */
  public String wireName() {
    return wireName;
  }

  /** Whether it needs numbers on both sides. */
  public boolean isOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /**
   * Whether {@code value} stands so to {@code operand}. By order nothing but numbers compares: a
   * string is neither above nor below anything.
   */
  boolean holds(Scalar value, Scalar operand) {
    return switch (this) {
      case EQUAL -> equal(value, operand);
      case NOT_EQUAL -> !equal(value, operand);
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          ScalarOrder.isNumber(value) && holds(ScalarOrder.compareNumbers(value, operand));
    };
  }

  /** Whether a three-way comparison of value to operand with this result satisfies it. */
  public boolean holds(int valueToOperand) {
    return switch (this) {
      case EQUAL -> valueToOperand == 0;
      case NOT_EQUAL -> valueToOperand != 0;
      case GREATER -> valueToOperand > 0;
      case GREATER_OR_EQUAL -> valueToOperand >= 0;
      case LESS -> valueToOperand < 0;
      case LESS_OR_EQUAL -> valueToOperand <= 0;
    };
  }

  private static boolean equal(Scalar value, Scalar operand) {
    return ScalarOrder.canonical(value).equals(ScalarOrder.canonical(operand));
  }
}
