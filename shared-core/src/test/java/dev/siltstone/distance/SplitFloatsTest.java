package dev.siltstone.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.siltstone.record.Embedding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitFloatsTest {
  private static final int[] DIMENSIONS = {1, 2, 15, 16, 17, 63, 64, 65, 96, 384, 999};

  /** The least, those of zero, one and 10³⁶, the last with finite codes, the greatest. */
  private static final int[] EXPONENTS = {38, 39, 64, 126, 127, 247, 254, 255};

  static Stream<DistanceKernel> kernels() {
    return QueryScorerTest.kernels();
  }

  @Test
  void giveEveryBitBack() {
    Random random = new Random(1);
    for (int exponent : EXPONENTS) {
      SplitFloats floats = SplitFloats.of(exponent);
      for (int dimension : DIMENSIONS) {
        float[] values = anyBits(random, dimension);
        float[] read = new float[dimension];
        MemorySegment parts = parts(floats, values);
        floats.read(parts, 0, SplitFloats.codeBytes(dimension), dimension, read);
        assertThat(bits(read)).as("%d, %d", exponent, dimension).isEqualTo(bits(values));
      }
    }
  }

  /** All upper halves of finite numbers, so each exponent with each sign and each code. */
  @ParameterizedTest
  @MethodSource("kernels")
  void areJoinedAndUnpackedByKernelsToo(DistanceKernel kernel) {
    Random random = new Random(2);
    int dimension = 256;
    for (int exponent : EXPONENTS) {
      SplitFloats floats = SplitFloats.of(exponent);
      for (int upper = 0; upper < 1 << 16; upper += dimension) {
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
          int bits = (upper + i) << 16 | random.nextInt(1 << 16);
          values[i] = Float.isFinite(Float.intBitsToFloat(bits)) ? Float.intBitsToFloat(bits) : 0;
        }
        assertJoinedAndUnpacked(kernel, floats, values);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void endInZeros(DistanceKernel kernel) {
    Random random = new Random(3);
    for (int exponent : EXPONENTS) {
      for (int dimension : DIMENSIONS) {
        assertJoinedAndUnpacked(kernel, SplitFloats.of(exponent), anyBits(random, dimension));
      }
    }
  }

  private static void assertJoinedAndUnpacked(
      DistanceKernel kernel, SplitFloats floats, float[] values) {
    MemorySegment parts = parts(floats, values);
    int padded = VectorTable.paddedDimension(values.length);
    float[] unpacked = new float[padded];
    kernel.unpack(parts, 0, floats.exponent(), unpacked);
    MemorySegment joined = Arena.ofAuto().allocate(padded * 4L + 64, 64);
    kernel.join(parts, 0, padded, floats.exponent(), joined, 64, padded);
    float[] expected = new float[padded];
    float[] expectedOfCodes = new float[padded];
    float[] read = new float[padded];
    for (int i = 0; i < padded; i++) {
      expected[i] = i < values.length ? values[i] : 0;
      expectedOfCodes[i] = floats.rounded(expected[i]);
      read[i] = joined.getAtIndex(ValueLayout.JAVA_FLOAT, 16 + i);
    }
    assertThat(bits(read)).as("exponent %d", floats.exponent()).isEqualTo(bits(expected));
    assertThat(bits(unpacked))
        .as("exponent %d", floats.exponent())
        .isEqualTo(bits(expectedOfCodes));
  }

  @Test
  void codesTellEightPowersOfTwoApartToOnePartIn32() {
    Random random = new Random(4);
    for (float greatest : new float[] {1e-26f, 0.25f, 1, 999, 1e30f}) {
      SplitFloats floats = SplitFloats.of(Embedding.of(greatest));
      for (int i = 0; i < 10_000; i++) {
        float value = greatest * (random.nextBoolean() ? 1 : -1) / random.nextFloat(1, 64);
        assertThat(floats.rounded(value)).isCloseTo(value, within(Math.abs(value) / 32));
      }
    }
  }

  @Test
  void smallerValuesReadAsSmallOnes() {
    SplitFloats floats = SplitFloats.of(Embedding.of(1));
    for (float value : new float[] {0, -0f, Float.MIN_VALUE, 1e-9f, -1e-9f, 1e-3f, 0.007f}) {
      assertThat(floats.rounded(value)).as("%s", value).isCloseTo(value, within(1 / 64f));
    }
  }

  @Test
  void followTheGreatestValueOfAVector() {
    for (float[] values : new float[][] {{0.3f, 1e-20f}, {-1e-20f, -0.3f}, {0.25f, 0}}) {
      assertThat(SplitFloats.of(Embedding.of(values)).exponent()).isEqualTo(125);
    }
    assertThat(SplitFloats.of(Embedding.of(0, 0)).exponent()).isEqualTo(38);
    assertThat(SplitFloats.of(Embedding.of(Float.MAX_VALUE)).exponent()).isEqualTo(255);
  }

  private static MemorySegment parts(SplitFloats floats, float[] values) {
    int codes = SplitFloats.codeBytes(values.length);
    MemorySegment parts =
        Arena.ofAuto().allocate(codes + (long) SplitFloats.restBytes(values.length), 64);
    floats.write(Embedding.of(values), parts, 0, codes);
    return parts;
  }

  /** Finite numbers of all magnitudes. */
  private static float[] anyBits(Random random, int dimension) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; ) {
      values[i] = Float.intBitsToFloat(random.nextInt());
      i += Float.isFinite(values[i]) ? 1 : 0;
    }
    return values;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
