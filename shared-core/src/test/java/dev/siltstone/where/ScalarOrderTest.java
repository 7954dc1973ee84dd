package dev.siltstone.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarOrderTest {
  @Test
  void keepsIntegersApartThatAFloatCannotTellApart() {
    long twoTo53 = 1L << 53;
    assertThat(compare(new IntValue(twoTo53 + 1), new FloatValue(twoTo53))).isPositive();
    assertThat(compare(new IntValue(Long.MAX_VALUE), new FloatValue(0x1p63))).isNegative();
    assertThat(compare(new IntValue(Long.MIN_VALUE), new FloatValue(-0x1p63))).isZero();
    assertThat(ScalarOrder.canonical(new FloatValue(0x1p63))).isEqualTo(new FloatValue(0x1p63));
    assertThat(ScalarOrder.canonical(new FloatValue(-0x1p63)))
        .isEqualTo(new IntValue(Long.MIN_VALUE));
  }

  @Test
  void callsIntAndFloatOfOneValueEqual() {
    assertThat(ScalarOrder.canonical(new FloatValue(3.0))).isEqualTo(new IntValue(3));
    assertThat(ScalarOrder.canonical(new FloatValue(-0.0))).isEqualTo(new IntValue(0));
    assertThat(ScalarOrder.canonical(new FloatValue(1.5))).isEqualTo(new FloatValue(1.5));
    assertThat(ScalarOrder.canonical(new StringValue("3"))).isEqualTo(new StringValue("3"));
    assertThat(ScalarOrder.canonical(new BoolValue(true))).isEqualTo(new BoolValue(true));
  }

  @Test
  void agreesWithDecimalArithmeticOnAwkwardNumbers() {
    long seed = 20261120;
    List<Scalar> numbers = awkwardNumbers(new Random(seed));
    for (Scalar left : numbers) {
      for (Scalar right : numbers) {
        int expected = decimal(left).compareTo(decimal(right));
        assertThat(Integer.signum(compare(left, right)))
            .as("seed %d: %s and %s", seed, left, right)
            .isEqualTo(expected);
        assertThat(ScalarOrder.canonical(left).equals(ScalarOrder.canonical(right)))
            .as("seed %d: %s and %s", seed, left, right)
            .isEqualTo(expected == 0);
      }
    }
  }

  @Test
  void refusesToOrderWhatIsNoNumber() {
    assertThatThrownBy(() -> compare(new StringValue("a"), new IntValue(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> compare(new FloatValue(1.5), new BoolValue(true)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int compare(Scalar left, Scalar right) {
    return ScalarOrder.compareNumbers(left, right);
  }

  private static BigDecimal decimal(Scalar number) {
    return switch (number) {
      case IntValue(long value) -> new BigDecimal(value);
      case FloatValue(double value) -> new BigDecimal(value);
      case StringValue _, BoolValue _ -> throw new AssertionError();
    };
  }

  private static List<Scalar> awkwardNumbers(Random random) {
    List<Scalar> numbers = new ArrayList<>();
    for (int exponent = 0; exponent < 64; exponent += 3) {
      for (long offset = -1; offset <= 1; offset++) {
        long integer = (1L << exponent) + offset;
        numbers.add(new IntValue(integer));
        numbers.add(new IntValue(-integer));
        numbers.add(new FloatValue(integer));
        numbers.add(new FloatValue(-Math.scalb(1.0, exponent)));
        numbers.add(new FloatValue(Math.nextUp(Math.scalb(1.0, exponent))));
      }
    }
    for (int i = 0; i < 50; i++) {
      numbers.add(new IntValue(random.nextLong()));
      numbers.add(new FloatValue(random.nextGaussian() * Math.scalb(1.0, random.nextInt(70))));
    }
    numbers.addAll(List.of(new FloatValue(-0.0), new FloatValue(0.0), new IntValue(0)));
    numbers.addAll(List.of(new FloatValue(Double.MAX_VALUE), new FloatValue(Double.MIN_VALUE)));
    numbers.addAll(List.of(new IntValue(Long.MAX_VALUE), new IntValue(Long.MIN_VALUE)));
    return numbers;
  }
}
