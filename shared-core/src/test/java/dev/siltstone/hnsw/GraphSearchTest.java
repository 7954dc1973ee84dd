package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.distance.VectorBuffer;
import dev.siltstone.record.Embedding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;

/** Searches of graphs against exact answers, on 1,500 clustered vectors of 24 dimensions. */
class GraphSearchTest {
  private static final GraphParameters PARAMETERS = new GraphParameters(16, 60, 1, 7);
  private static final int ROWS = 1_500;
  private static final int K = 10;
  private static final int QUERIES = 50;

  /** So small that no scan is cheaper than a walk to half of the rows. */
  private static final int NARROW_EF = 12;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void findsNineteenOfTwentyNearestAtEf32(Space space) {
    Embedding[] queries = TestVectors.clustered(1, ROWS + 100, 24);
    Embedding[] vectors = Arrays.copyOf(queries, ROWS);
    queries = Arrays.copyOfRange(queries, ROWS, queries.length);
    try (GraphFile file = graph(space, PARAMETERS, vectors)) {
      double recall = TestVectors.recall(file, queries, RowFilter.all(), 32, K);
      assertThat(recall).isGreaterThan(space == Space.IP ? 0.90 : 0.95);
      assertThat(TestVectors.recall(file, queries, RowFilter.all(), 200, K))
          .isGreaterThan(space == Space.IP ? 0.97 : 0.995);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 15, 16, 17, 100, 999, 1000})
  void searchesVectorsOfAnyDimension(int dimension) {
    Embedding[] all = TestVectors.clustered(dimension, 650, dimension);
    try (GraphFile file = graph(Space.L2, PARAMETERS, Arrays.copyOf(all, 600))) {
      Embedding[] queries = Arrays.copyOfRange(all, 600, 650);
      assertThat(TestVectors.recall(file, queries, RowFilter.all(), 20, K)).isGreaterThan(0.9);
    }
  }

  @Test
  void findsMoreTheLargerEfIs() {
    try (GraphFile file = graph(Space.COSINE, new GraphParameters(4, 20, 1, 7), clustered(2))) {
      Embedding[] queries = Arrays.copyOf(clustered(3), 100);
      double narrow = TestVectors.recall(file, queries, RowFilter.all(), 10, K);
      double wide = TestVectors.recall(file, queries, RowFilter.all(), 80, K);
      assertThat(narrow).isLessThan(wide).isGreaterThan(0.2);
    }
  }

  @Test
  void answersComeNearestFirstWithTheirDistances() {
    try (GraphFile file = graph(Space.L2, PARAMETERS, clustered(4))) {
      Embedding query = file.embedding(77);
      Neighbors answer = TestVectors.search(search(file), query, RowFilter.all(), 50, 20);
      assertThat(answer.row(0)).isEqualTo(77);
      assertThat(answer.distance(0)).isZero();
      for (int place = 1; place < answer.size(); place++) {
        assertThat(answer.distance(place)).isGreaterThanOrEqualTo(answer.distance(place - 1));
      }
      assertThat(answer.size()).isEqualTo(20);
    }
  }

  @Test
  void deletedRowsAreMaskedWithoutHurtingRecall() {
    try (GraphFile file = graph(Space.L2, PARAMETERS, clustered(5))) {
      Embedding[] queries = Arrays.copyOf(clustered(6), 50);
      double before = TestVectors.recall(file, queries, RowFilter.all(), NARROW_EF, K);
      for (double share : new double[] {0.01, 0.2, 0.5}) {
        RoaringBitmap deleted = TestVectors.sample(new Random(1), ROWS, share);
        RowFilter filter = RowFilter.except(deleted);
        assertThat(TestVectors.recall(file, queries, filter, NARROW_EF, K))
            .as("%s deleted", share)
            .isGreaterThanOrEqualTo(before - 0.01);
      }
    }
  }

  @Test
  void searchesOnWhenAllTheNearestAreDeleted() {
    try (GraphFile file = graph(Space.L2, PARAMETERS, clustered(7))) {
      double recall = 0;
      for (int row = 0; row < QUERIES; row++) {
        Embedding query = file.embedding(row);
        int[] nearest = TestVectors.exact(file, query, RowFilter.all(), 500).rows();
        RowFilter filter = RowFilter.except(TestVectors.bitmap(nearest));
        recall += TestVectors.recall(file, new Embedding[] {query}, filter, NARROW_EF, K);
        assertThat(TestVectors.search(search(file), query, filter, NARROW_EF, K).rows())
            .doesNotContain(nearest);
      }
      assertThat(recall / QUERIES).isGreaterThan(0.8);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1, 0.5, 0.9})
  void aFilterLosesNoRecall(double share) {
    try (GraphFile file = graph(Space.COSINE, PARAMETERS, clustered(8))) {
      Embedding[] queries = Arrays.copyOf(clustered(9), 500);
      double unfiltered = TestVectors.recall(file, queries, RowFilter.all(), NARROW_EF, K);
      RowFilter filter = RowFilter.only(TestVectors.sample(new Random(2), ROWS, share));
      assertThat(TestVectors.recall(file, queries, filter, NARROW_EF, K))
          .isGreaterThanOrEqualTo(unfiltered);
    }
  }

  @Test
  void answersHoldOnlyRowsThatTheFilterAdmits() {
    RoaringBitmap matches = TestVectors.sample(new Random(3), ROWS, 0.5);
    try (GraphFile file = graph(Space.L2, PARAMETERS, clustered(10))) {
      for (Embedding query : Arrays.copyOf(clustered(11), 20)) {
        Neighbors only =
            TestVectors.search(search(file), query, RowFilter.only(matches), NARROW_EF, K);
        Neighbors except =
            TestVectors.search(search(file), query, RowFilter.except(matches), NARROW_EF, K);
        assertThat(IntStream.of(only.rows())).allMatch(matches::contains).hasSize(K);
        assertThat(IntStream.of(except.rows())).noneMatch(matches::contains).hasSize(K);
      }
    }
  }

  @Test
  void aFewVectorsOfAnotherLengthMakeNoDifferenceToCosine() {
    Embedding[] queries = Arrays.copyOf(clustered(19), 200);
    double recall;
    try (GraphFile file = graph(Space.COSINE, PARAMETERS, clustered(18))) {
      recall = TestVectors.recall(file, queries, RowFilter.all(), 40, K);
    }
    Embedding[] vectors = clustered(18);
    for (int row = 0; row < ROWS; row += 100) {
      float[] values = vectors[row].toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] *= row % 200 == 0 ? 1_000 : 0.000_1f;
      }
      vectors[row] = Embedding.owning(values);
    }
    try (GraphFile file = graph(Space.COSINE, PARAMETERS, vectors)) {
      assertThat(file.header().rounding()).isBetween(0.001f, 0.03f);
      assertThat(TestVectors.recall(file, queries, RowFilter.all(), 40, K))
          .isGreaterThan(recall - 0.01);
    }
  }

  /** A quarter of all rows, more than a row looks at when it is linked. */
  @Test
  void aCrowdOfDuplicatesHidesNobody() {
    double recall = 0;
    double recallOfItself = 0;
    long[] seeds = {12, 112, 212, 312};
    for (long seed : seeds) {
      Embedding[] vectors = clustered(seed);
      for (int row = 0; row < ROWS; row += 4) {
        vectors[row] = vectors[0];
      }
      try (GraphFile file = graph(Space.COSINE, PARAMETERS, vectors)) {
        Embedding[] queries = Arrays.copyOf(clustered(seed + 1), 100);
        queries[0] = vectors[0];
        queries[1] = vectors[1];
        recall += TestVectors.recall(file, queries, RowFilter.all(), 50, K);
        recallOfItself += TestVectors.recall(file, vectors, RowFilter.all(), 20, 1);
      }
    }
    assertThat(recall / seeds.length).isGreaterThan(0.95);
    assertThat(recallOfItself / seeds.length).isGreaterThan(0.98);
  }

  @ParameterizedTest
  @EnumSource
  void answersWithTheDistancesOfWholeVectors(Space space) {
    Embedding[] vectors = clustered(14);
    VectorBuffer whole = new VectorBuffer(space, vectors[0].dimension());
    Stream.of(vectors).forEach(whole::append);
    DistanceKernel kernel = KernelChoice.scalar("adds in one order only").kernel();
    QueryScorer scorer = new QueryScorer(kernel, whole.table());
    float[] distance = new float[QueryScorer.GROUP];
    try (GraphFile file = graph(space, PARAMETERS, vectors)) {
      assertThat(file.header().rounding()).isPositive();
      for (Embedding query : Arrays.copyOf(clustered(15), 20)) {
        RowSearch search = new RowSearch(file, kernel);
        Neighbors answer = TestVectors.search(search, query, RowFilter.all(), 30, K);
        scorer.prepare(query.toArray());
        for (int place = 0; place < K; place++) {
          scorer.score(new int[] {answer.row(place), 0, 0, 0}, 1, distance);
          assertThat(answer.distance(place)).isEqualTo(distance[0]);
        }
      }
    }
  }

  @Test
  void comparesVectorsWholeWhereCodesSayTooLittle() {
    Embedding[] vectors = clustered(16);
    for (int row = 0; row < ROWS; row++) {
      float[] values = vectors[row].toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] += 10_000;
      }
      vectors[row] = Embedding.owning(values);
    }
    try (GraphFile file = graph(Space.L2, PARAMETERS, vectors)) {
      assertThat(file.header().rounding()).isZero();
      Embedding[] queries = Arrays.copyOf(vectors, 100);
      assertThat(TestVectors.recall(file, queries, RowFilter.all(), 50, K)).isGreaterThan(0.97);
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalVectorsAllAnswer(Space space) {
    for (Embedding same : new Embedding[] {Embedding.of(0, 0, 0), Embedding.of(1, -2, 3)}) {
      Embedding[] vectors = new Embedding[1_000];
      Arrays.fill(vectors, same);
      try (GraphFile file = graph(space, PARAMETERS, vectors)) {
        Neighbors answer =
            TestVectors.search(search(file), Embedding.of(1, 1, 1), RowFilter.all(), 20, 20);
        assertThat(answer.size()).isEqualTo(20);
        assertThat(answer.distance(0)).isEqualTo(answer.distance(19));
      }
    }
  }

  @Test
  void zeroVectorsAreFoundAmongOthersUnderCosine() {
    Embedding[] vectors = TestVectors.gaussian(new Random(14), 1_500, 3);
    for (int row = 0; row < vectors.length; row += 10) {
      vectors[row] = Embedding.of(0, 0, 0);
    }
    try (GraphFile file = graph(Space.COSINE, PARAMETERS, vectors)) {
      Embedding[] queries = TestVectors.gaussian(new Random(15), 50, 3);
      assertThat(TestVectors.recall(file, queries, RowFilter.all(), 20, K)).isGreaterThan(0.95);
    }
  }

  @Test
  void fewRowsAreAllFound() {
    Embedding[] vectors = clustered(16);
    for (int rows = 1; rows < 40; rows++) {
      try (GraphFile file = graph(Space.L2, PARAMETERS, Arrays.copyOf(vectors, rows))) {
        Neighbors answer = TestVectors.search(search(file), vectors[0], RowFilter.all(), 1, ROWS);
        assertThat(answer.rows()).as("%d rows", rows).hasSize(rows).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void everyRowCanBeReachedWhenAskedForAll() {
    Embedding[] vectors = Arrays.copyOf(clustered(17), 1_000);
    try (GraphFile file = graph(Space.L2, PARAMETERS, vectors)) {
      GraphWalk walk =
          new GraphWalk(
              file.links(), new QueryScorer(KernelChoice.ofThisJvm().kernel(), file.vectors()));
      walk.explore(file.header().entryRow(), 0, vectors.length);
      assertThat(walk.found().size()).isEqualTo(vectors.length);
    }
  }

  private static RowSearch search(GraphFile file) {
    return new RowSearch(file, KernelChoice.ofThisJvm().kernel());
  }

  private static Embedding[] clustered(long seed) {
    // Files and queries of different seeds have different clusters: the harder case.
    return TestVectors.clustered(seed, ROWS, 24);
  }

  private GraphFile graph(Space space, GraphParameters parameters, Embedding... vectors) {
    Path path = folder.resolve("graph" + System.identityHashCode(vectors) + vectors.length);
    return TestVectors.graph(path, space, parameters, vectors);
  }
}
