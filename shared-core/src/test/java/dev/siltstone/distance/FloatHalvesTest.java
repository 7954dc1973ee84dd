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

class FloatHalvesTest {
  private static final int[] DIMENSIONS = {1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 384, 999};

  static Stream<DistanceKernel> kernels() {
    return QueryScorerTest.kernels();
  }

  @Test
  void giveEveryBitBack() {
    Random random = new Random(1);
    for (int dimension : DIMENSIONS) {
      float[] values = anyBits(random, dimension);
      float[] read = new float[dimension];
      MemorySegment halves = halves(values);
      FloatHalves.read(halves, 0, FloatHalves.halfBytes(dimension), dimension, read);
      assertThat(bits(read)).as("dimension %d", dimension).isEqualTo(bits(values));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void areJoinedAndUnpackedByKernelsToo(DistanceKernel kernel) {
    Random random = new Random(2);
    for (int dimension : DIMENSIONS) {
      float[] values = anyBits(random, dimension);
      MemorySegment halves = halves(values);
      int padded = VectorTable.paddedDimension(dimension);
      float[] unpacked = new float[padded];
      kernel.unpack(halves, 0, unpacked);
      MemorySegment joined = Arena.ofAuto().allocate(padded * 4L + 64, 64);
      kernel.join(halves, 0, FloatHalves.halfBytes(dimension), joined, 64, padded);
      for (int i = 0; i < padded; i++) {
        float value = i < dimension ? values[i] : 0;
        assertThat(joined.getAtIndex(ValueLayout.JAVA_FLOAT, 16 + i))
            .as("value %d of %d", i, dimension)
            .isEqualTo(value);
        assertThat(unpacked[i])
            .as("value %d of %d", i, dimension)
            .isEqualTo(FloatHalves.rounded(value));
      }
    }
  }

  @Test
  void anUpperHalfIsOffByOnePartIn256AtMost() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      float value = random.nextFloat(-1000, 1000);
      assertThat(FloatHalves.rounded(value)).isCloseTo(value, within(Math.abs(value) / 256));
    }
  }

  private static MemorySegment halves(float[] values) {
    int bytes = FloatHalves.halfBytes(values.length);
    MemorySegment halves = Arena.ofAuto().allocate(2L * bytes, 64);
    FloatHalves.write(Embedding.of(values), halves, 0, bytes);
    return halves;
  }

  /** Finite numbers of all magnitudes, as far as they have a finite upper half. */
  private static float[] anyBits(Random random, int dimension) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; ) {
      values[i] = Float.intBitsToFloat(random.nextInt());
      i += Float.isFinite(FloatHalves.rounded(values[i])) ? 1 : 0;
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
