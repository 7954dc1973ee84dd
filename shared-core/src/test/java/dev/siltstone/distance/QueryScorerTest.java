package dev.siltstone.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryScorerTest {
  private static final int[] DIMENSIONS = {1, 2, 3, 4, 7, 15, 16, 17, 31, 33, 100, 384, 999, 1000};

  static Stream<DistanceKernel> kernels() {
    return Stream.of(new ScalarKernel(), new SimdKernel());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void agreesWithDoubleArithmeticAtEveryDimension(DistanceKernel kernel) {
    for (int dimension : DIMENSIONS) {
      for (Space space : Space.values()) {
        Random random = new Random(dimension);
        float[] query = gaussian(random, dimension);
        float[][] rows =
            Stream.generate(() -> gaussian(random, dimension)).limit(6).toArray(float[][]::new);
        float[] distances = scores(kernel, space, query, rows);
        for (int row = 0; row < rows.length; row++) {
          assertThat((double) distances[row])
              .as("%s %s dimension %d row %d", kernel.name(), space, dimension, row)
              .isCloseTo(reference(space, query, rows[row]), within(2e-6 * (dimension + 10)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void givesTheNumbersThatChromaGives(DistanceKernel kernel) {
    float[] query = {1, 1};
    float[][] rows = {{3, 4}, {1, 0}, {-1, 2}};
    assertThat(scores(kernel, Space.L2, query, rows)).containsExactly(13f, 1f, 5f);
    assertThat(scores(kernel, Space.COSINE, query, rows))
        .containsExactly(0.010050476f, 0.29289323f, 0.6837722f);
    assertThat(scores(kernel, Space.IP, query, rows)).containsExactly(-6f, 0f, 0f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void zeroVectorsAreAtCosineDistanceOne(DistanceKernel kernel) {
    assertThat(scores(kernel, Space.COSINE, new float[] {1, 2}, new float[2])).containsExactly(1f);
    assertThat(scores(kernel, Space.COSINE, new float[2], new float[] {1, 2}, new float[2]))
        .containsExactly(1f, 1f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void cosineSurvivesTheEndsOfTheFloatRange(DistanceKernel kernel) {
    float[] magnitudes = {1e-30f, 1e-20f, 1, 1e20f, 1e38f, Float.MAX_VALUE};
    for (float ofQuery : magnitudes) {
      for (float ofRow : magnitudes) {
        float[] distances =
            scores(
                kernel,
                Space.COSINE,
                new float[] {ofQuery, ofQuery},
                new float[] {ofRow, ofRow},
                new float[] {ofRow, -ofRow},
                new float[] {ofRow, 0});
        assertThat(distances[0]).as("%s·%s", ofQuery, ofRow).isCloseTo(0, within(1e-6f));
        assertThat(distances[1]).as("%s·%s", ofQuery, ofRow).isCloseTo(1, within(1e-6f));
        assertThat(distances[2]).as("%s·%s", ofQuery, ofRow).isCloseTo(0.29289323f, within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void equalVectorsGetEqualDistancesWhereverTheyStand(DistanceKernel kernel) {
    Random random = new Random(5);
    float[] query = gaussian(random, 77);
    float[] same = gaussian(random, 77);
    for (Space space : Space.values()) {
      float[] distances =
          scores(kernel, space, query, same, gaussian(random, 77), same, same, same, same, same);
      float expected = distances[0];
      for (int row = 2; row < distances.length; row++) {
        assertThat(distances[row]).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aStoredRowAsQueryIsNearestToItself(DistanceKernel kernel) {
    Random random = new Random(6);
    float[][] rows = {gaussian(random, 20), gaussian(random, 20), gaussian(random, 20)};
    QueryScorer scorer = new QueryScorer(kernel, table(Space.COSINE, rows));
    scorer.prepareRow(2);
    float[] out = new float[4];
    scorer.score(new int[] {0, 1, 2, 0}, 3, out);
    assertThat(out[2]).isCloseTo(0, within(1e-6f)).isLessThan(out[0]).isLessThan(out[1]);
  }

  @Test
  void refusesAQueryOfAnotherDimension() {
    QueryScorer scorer = new QueryScorer(new ScalarKernel(), table(Space.L2, new float[] {1, 2}));
    assertThatThrownBy(() -> scorer.prepare(new float[3]))
        .hasMessage("a query of dimension 3 for vectors of 2");
  }

  private static float[] scores(
      DistanceKernel kernel, Space space, float[] query, float[]... vectors) {
    QueryScorer scorer = new QueryScorer(kernel, table(space, vectors));
    scorer.prepare(query);
    int places = (vectors.length + QueryScorer.GROUP - 1) / QueryScorer.GROUP * QueryScorer.GROUP;
    int[] rows = new int[places];
    for (int row = 0; row < vectors.length; row++) {
      rows[row] = row;
    }
    float[] out = new float[places];
    scorer.score(rows, vectors.length, out);
    return Arrays.copyOf(out, vectors.length);
  }

  private static VectorTable table(Space space, float[]... vectors) {
    VectorBuffer buffer = new VectorBuffer(space, vectors[0].length);
    for (float[] vector : vectors) {
      buffer.append(Embedding.of(vector));
    }
    return buffer.table();
  }

  private static double reference(Space space, float[] a, float[] b) {
    double dot = 0;
    double squares = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    return switch (space) {
      case L2 -> squares;
      case IP -> 1 - dot;
      case COSINE -> 1 - dot / Math.sqrt(lengthA * lengthB);
    };
  }

  private static float[] gaussian(Random random, int dimension) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
