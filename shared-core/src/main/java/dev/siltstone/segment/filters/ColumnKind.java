package dev.siltstone.segment.filters;

import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;

/** What a column's values are, and whether they stand alone or in lists. */
enum ColumnKind {
  STRING(1),
  INTEGRAL(2),
  FRACTIONAL(3),
  BOOL(4),
  STRING_ELEMENT(17),
  INTEGRAL_ELEMENT(18),
  FRACTIONAL_ELEMENT(19),
  BOOL_ELEMENT(20);

  private final int code;

  ColumnKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  boolean isString() {
    return this == STRING || this == STRING_ELEMENT;
  }

  boolean isFractional() {
    return this == FRACTIONAL || this == FRACTIONAL_ELEMENT;
  }

  /** Where a scalar in canonical form belongs. */
  static ColumnKind of(Scalar canonical) {
    return switch (canonical) {
      case StringValue _ -> STRING;
      case IntValue _ -> INTEGRAL;
      case FloatValue _ -> FRACTIONAL;
      case BoolValue _ -> BOOL;
    };
  }

  /** The same kind for elements of lists. */
  ColumnKind ofElements() {
    return switch (this) {
      case STRING, STRING_ELEMENT -> STRING_ELEMENT;
      case INTEGRAL, INTEGRAL_ELEMENT -> INTEGRAL_ELEMENT;
      case FRACTIONAL, FRACTIONAL_ELEMENT -> FRACTIONAL_ELEMENT;
      case BOOL, BOOL_ELEMENT -> BOOL_ELEMENT;
    };
  }
}
