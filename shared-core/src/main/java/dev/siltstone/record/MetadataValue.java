package dev.siltstone.record;

import dev.siltstone.failure.InvalidRequestException;
import java.util.List;

/**
 * One value of a record's metadata: a scalar, or a list of scalars of one kind. Integers and floats
 * are kept apart (3 is not 3.0 when read back), though filters compare across them.
 */
public sealed interface MetadataValue {
  /** A scalar, which a filter can compare. */
  sealed interface Scalar extends MetadataValue {}

  /** A non-empty list of scalars of one kind. */
  sealed interface Many extends MetadataValue {
    List<? extends Scalar> elements();
  }

  /** Comparable, as the numbers are, so that many values of one hash code stay cheap to look up. */
  record StringValue(String value) implements Scalar, Comparable<StringValue> {
    @Override
    public int compareTo(StringValue other) {
      return value.compareTo(other.value);
    }
  }

  record IntValue(long value) implements Scalar, Comparable<IntValue> {
    @Override
    public int compareTo(IntValue other) {
      return Long.compare(value, other.value);
    }
  }

  /** Finite. */
  record FloatValue(double value) implements Scalar, Comparable<FloatValue> {
    public FloatValue {
      if (!Double.isFinite(value)) {
        throw new InvalidRequestException("Metadata numbers must be finite, got " + value);
      }
    }

    @Override
    public int compareTo(FloatValue other) {
      return Double.compare(value, other.value);
    }
  }

  record BoolValue(boolean value) implements Scalar {}

  record StringList(List<StringValue> elements) implements Many {
    public StringList {
      elements = nonEmpty(elements);
    }
  }

  record IntList(List<IntValue> elements) implements Many {
    public IntList {
      elements = nonEmpty(elements);
    }
  }

  record FloatList(List<FloatValue> elements) implements Many {
    public FloatList {
      elements = nonEmpty(elements);
    }
  }

  record BoolList(List<BoolValue> elements) implements Many {
    public BoolList {
      elements = nonEmpty(elements);
    }
  }

  private static <T> List<T> nonEmpty(List<T> elements) {
    if (elements.isEmpty()) {
      throw new InvalidRequestException("A metadata list must not be empty");
    }
    return List.copyOf(elements);
  }
}
