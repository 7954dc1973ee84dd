package dev.siltstone.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows stored in two parts beside the same rows stored whole. */
class SplitTableTest {
  private static final int ROWS = 61;

  static Stream<DistanceKernel> kernels() {
    return QueryScorerTest.kernels();
  }

  /** Plain code alone adds in the same order before and after it is compiled. */
  @Test
  void givesTheDistancesOfWholeVectorsBitForBit() {
    DistanceKernel kernel = new ScalarKernel();
    for (Space space : Space.values()) {
      for (int dimension : new int[] {1, 16, 33, 384}) {
        Embedding[] vectors = vectors(new Random(dimension), dimension, 1, 0);
        float[] query = vectors[7].toArray();
        assertThat(scores(kernel, split(space, vectors), query))
            .as("%s %d", space, dimension)
            .containsExactly(scores(kernel, whole(space, vectors), query));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void estimatesAreTheDistancesToRoundedVectors(DistanceKernel kernel) {
    for (Space space : new Space[] {Space.L2, Space.IP}) {
      for (int dimension : new int[] {1, 16, 33, 64, 384}) {
        Embedding[] vectors = vectors(new Random(dimension), dimension, 1, 0);
        SplitTable table = split(space, vectors);
        Embedding[] rounded =
            Stream.of(vectors).map(SplitTableTest::rounded).toArray(Embedding[]::new);
        float[] query = vectors[7].toArray();
        float[] expected = scores(kernel, whole(space, rounded), query);
        float[] estimates = estimates(kernel, table, query);
        for (int row = 0; row < ROWS; row++) {
          assertThat((double) estimates[row])
              .as("%s %d", space, dimension)
              .isCloseTo(expected[row], within(1e-3));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aStoredRowAsQueryIsWhatItsCodesSay(DistanceKernel kernel) {
    for (Space space : new Space[] {Space.L2, Space.IP}) {
      for (int dimension : new int[] {1, 33, 384}) {
        SplitTable table = split(space, vectors(new Random(dimension), dimension, 1, 0));
        float[] values = new float[dimension];
        table.copyRow(5, values);
        QueryScorer scorer = new QueryScorer(kernel, table);
        scorer.prepareRow(5);
        float[] out = new float[ROWS + QueryScorer.GROUP];
        scorer.estimate(rows(), ROWS, out);
        assertThat(Arrays.copyOf(out, ROWS))
            .as("%s %d", space, dimension)
            .containsExactly(
                estimates(kernel, table, rounded(Embedding.of(values)).toArray()), within(1e-3f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void noRowThatIsAsNearIsOutOfReach(DistanceKernel kernel) {
    Random random = new Random(9);
    for (Space space : Space.values()) {
      for (float scale : new float[] {1e-18f, 1e-3f, 1, 1e3f, 1e18f}) {
        for (float offset : new float[] {0, 1, 1000}) {
          Embedding[] vectors = vectors(random, 40, scale, offset);
          float[] query = vectors(random, 40, scale, offset)[0].toArray();
          assertReach(
              kernel, split(space, vectors), query, "%s·(%s+x) %s".formatted(scale, offset, space));
        }
      }
    }
  }

  private static void assertReach(
      DistanceKernel kernel, SplitTable table, float[] query, String what) {
    float[] exact = scores(kernel, table, query);
    float[] estimates = estimates(kernel, table, query);
    QueryScorer scorer = new QueryScorer(kernel, table);
    scorer.prepare(query);
    for (int row = 0; row < ROWS; row++) {
      float reach = scorer.reach(exact[row]);
      float twice = scorer.reach(scorer.reach(estimates[row]));
      for (int other = 0; other < ROWS; other++) {
        if (exact[other] <= exact[row]) {
          assertThat(estimates[other] > reach).as("%s: %d, %d", what, row, other).isFalse();
          assertThat(estimates[other] > twice).as("%s: %d, %d", what, row, other).isFalse();
        }
      }
    }
  }

  private static float[] scores(DistanceKernel kernel, VectorTable table, float[] query) {
    QueryScorer scorer = new QueryScorer(kernel, table);
    scorer.prepare(query);
    float[] out = new float[ROWS + QueryScorer.GROUP];
    scorer.score(rows(), ROWS, out);
    return Arrays.copyOf(out, ROWS);
  }

  private static float[] estimates(DistanceKernel kernel, VectorTable table, float[] query) {
    QueryScorer scorer = new QueryScorer(kernel, table);
    scorer.prepare(query);
    float[] out = new float[ROWS + QueryScorer.GROUP];
    scorer.estimate(rows(), ROWS, out);
    return Arrays.copyOf(out, ROWS);
  }

  private static int[] rows() {
    return IntStream.range(0, ROWS + QueryScorer.GROUP).map(row -> row % ROWS).toArray();
  }

  private static Embedding[] vectors(Random random, int dimension, float scale, float offset) {
    Embedding[] vectors = new Embedding[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float[] values = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        values[i] = scale * (offset + (float) random.nextGaussian());
      }
      vectors[row] = Embedding.of(values);
    }
    return vectors;
  }

  private static Embedding rounded(Embedding vector) {
    SplitFloats floats = SplitFloats.of(vector);
    float[] values = vector.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.rounded(values[i]);
    }
    return Embedding.of(values);
  }

  private static VectorTable whole(Space space, Embedding... vectors) {
    VectorBuffer buffer = new VectorBuffer(space, vectors[0].dimension());
    Stream.of(vectors).forEach(buffer::append);
    return buffer.table();
  }

  private static SplitTable split(Space space, Embedding... vectors) {
    SplitRows places = new SplitRows(64, 64, vectors[0].dimension(), vectors.length);
    long norms = places.end() + 64;
    MemorySegment memory = Arena.ofAuto().allocate(norms + 4L * vectors.length, 64);
    float rounding = 0;
    for (int row = 0; row < vectors.length; row++) {
      SplitFloats floats = SplitFloats.of(vectors[row]);
      floats.write(vectors[row], memory, places.codes(row), places.rest(row));
      memory.set(ValueLayout.JAVA_BYTE, places.end() + row, (byte) floats.exponent());
      float inverseNorm = InverseNorm.of(vectors[row].toArray());
      memory.set(ValueLayout.JAVA_FLOAT, norms + 4L * row, inverseNorm);
      rounding = Math.max(rounding, Rounding.of(vectors[row], floats, space));
    }
    return new SplitTable(memory, places, places.end(), norms, space, rounding);
  }
}
