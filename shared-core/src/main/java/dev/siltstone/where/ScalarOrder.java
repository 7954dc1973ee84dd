package dev.siltstone.where;

import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;

/**
 * When filters call two scalars equal, and which of two numbers is smaller. Numbers compare by
 * their exact mathematical value: 3 equals 3.0, and 2^53 + 1 does not equal 2^53 as a float,
 * although converting it would say so. Scalars of other kinds equal only their own kind.
 */
public final class ScalarOrder {
  private static final double TWO_TO_63 = 0x1p63;

  private ScalarOrder() {}

  /**
   * The one representative of all scalars that are equal in a filter: a float whose value is a
   * 64-bit integer becomes that integer (also −0.0), everything else stays. Two scalars are equal
   * in a filter exactly when their canonical forms are equal objects.
   */
  public static Scalar canonical(Scalar scalar) {
    return switch (scalar) {
      case FloatValue(double value) when isLong(value) -> new IntValue((long) value);
      case FloatValue _, IntValue _, StringValue _, BoolValue _ -> scalar;
    };
  }

  /** Whether the scalar is an int or a float. */
  public static boolean isNumber(Scalar scalar) {
    return scalar instanceof IntValue || scalar instanceof FloatValue;
  }

  /**
   * Compares two numbers by value.
   *
   * @throws IllegalArgumentException if one of them is no number
   */
  public static int compareNumbers(Scalar left, Scalar right) {
    return switch (left) {
      case IntValue(long value) -> compare(value, right);
      case FloatValue(double value) -> compare(value, right);
      case StringValue _, BoolValue _ -> throw noNumber();
    };
  }

  /**
   * Compares an int with a number by value.
   *
   * @throws IllegalArgumentException if {@code right} is no number
   */
  public static int compare(long left, Scalar right) {
    return switch (right) {
      case IntValue(long value) -> Long.compare(left, value);
      case FloatValue(double value) -> compare(left, value);
      case StringValue _, BoolValue _ -> throw noNumber();
    };
  }

  /**
   * Compares a finite float with a number by value.
   *
   * @throws IllegalArgumentException if {@code right} is no number
   */
  public static int compare(double left, Scalar right) {
    return switch (right) {
      case IntValue(long value) -> -compare(value, left);
      case FloatValue(double value) -> left < value ? -1 : left > value ? 1 : 0;
      case StringValue _, BoolValue _ -> throw noNumber();
    };
  }

  /** A fraction implies a magnitude below 2^53, where truncation and difference are exact. */
  private static int compare(long left, double right) {
    if (right >= TWO_TO_63) {
      return -1;
    }
    if (right < -TWO_TO_63) {
      return 1;
    }
    long truncated = (long) right;
    return left != truncated
        ? Long.compare(left, truncated)
        : Double.compare(0.0, right - truncated + 0.0);
  }

  private static boolean isLong(double value) {
    return value == Math.rint(value) && value >= -TWO_TO_63 && value < TWO_TO_63;
  }

  private static IllegalArgumentException noNumber() {
    return new IllegalArgumentException("only numbers have an order");
  }
}
