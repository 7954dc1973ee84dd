package dev.siltstone.segment.filters;

import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.where.ScalarOrder;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;

/** A column of numbers or bools, in place. */
final class NumberColumn {
  private final ByteBuffer bytes;
  private final int values;
  private final boolean fractional;

  NumberColumn(ByteBuffer bytes, int values, boolean fractional) {
    this.bytes = bytes;
    this.values = values;
    this.fractional = fractional;
  }

  int size() {
    return values;
  }

  /** The place of the first value that is not below the operand; the size if all are below. */
  int firstNotBelow(Scalar operand) {
    return first(place -> compare(place, operand) >= 0);
  }

  /** The place of the first value above the operand; the size if there is none. */
  int firstAbove(Scalar operand) {
    return first(place -> compare(place, operand) > 0);
  }

  int rowsAt(int place) {
    return bytes.getInt(values * Long.BYTES + place * Integer.BYTES);
  }

  /** The first place from which on the condition holds. */
  private int first(IntPredicate holds) {
    int low = 0;
    int high = values;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int compare(int place, Scalar operand) {
    long bits = bytes.getLong(place * Long.BYTES);
    return fractional
        ? ScalarOrder.compare(Double.longBitsToDouble(bits), operand)
        : ScalarOrder.compare(bits, operand);
  }
}
