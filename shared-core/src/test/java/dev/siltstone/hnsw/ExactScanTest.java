package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.distance.VectorBuffer;
import dev.siltstone.distance.VectorTable;
import dev.siltstone.record.Embedding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roaringbitmap.RoaringBitmap;

class ExactScanTest {
  private static final int ROWS = 1003;
  private static final int K = 10;

  @TempDir Path folder;

  @Test
  void findsTheNearestOfAllAndOfSomeMinusTheDeleted() {
    Random random = new Random(11);
    Embedding[] vectors = TestVectors.gaussian(random, ROWS, 5);
    try (GraphFile file = write(vectors)) {
      QueryScorer query = new QueryScorer(KernelChoice.ofThisJvm().kernel(), file.vectors());
      ExactScan scan = new ExactScan(query);
      for (int share = 0; share <= 100; share += 20) {
        RoaringBitmap deleted = sample(random, share);
        RoaringBitmap matches = sample(random, 30);
        float[] target = TestVectors.gaussian(random, 1, 5)[0].toArray();
        query.prepare(target);
        TopK all = new TopK(K);
        scan.all(deleted, all);
        TopK some = new TopK(K);
        scan.among(matches, deleted, some);
        assertThat(all.toNeighbors().rows())
            .as("%d%% deleted", share)
            .containsExactly(nearest(vectors, target, row -> !deleted.contains(row)));
        assertThat(some.toNeighbors().rows())
            .as("%d%% deleted", share)
            .containsExactly(
                nearest(vectors, target, row -> matches.contains(row) && !deleted.contains(row)));
      }
    }
  }

  @Test
  void givesEqualVectorsInRowOrder() {
    Embedding[] vectors = new Embedding[300];
    Arrays.fill(vectors, Embedding.of(0.3f, -0.7f, 1.1f));
    try (GraphFile file = write(vectors)) {
      QueryScorer query = new QueryScorer(KernelChoice.ofThisJvm().kernel(), file.vectors());
      query.prepare(new float[] {0.1f, 0.2f, 0.9f});
      TopK topK = new TopK(K);
      new ExactScan(query).all(new RoaringBitmap(), topK);
      assertThat(topK.toNeighbors().rows()).containsExactly(IntStream.range(0, K).toArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsVectorsApartThatHaveTheSameCodes(Space space) {
    Random random = new Random(12);
    Embedding[] vectors = TestVectors.gaussian(random, ROWS, 7);
    for (int row = 0; row < ROWS; row++) {
      float[] values = vectors[row].toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 + values[i] / 10_000;
      }
      vectors[row] = Embedding.owning(values);
    }
    VectorBuffer whole = new VectorBuffer(space, 7);
    Stream.of(vectors).forEach(whole::append);
    try (GraphFile file = write(space, vectors)) {
      assertThat(answer(file.vectors(), vectors[3])).isEqualTo(answer(whole.table(), vectors[3]));
    }
  }

  /** Rows and distances. */
  private static String answer(VectorTable table, Embedding target) {
    QueryScorer query =
        new QueryScorer(KernelChoice.scalar("adds in one order only").kernel(), table);
    query.prepare(target.toArray());
    TopK topK = new TopK(K);
    new ExactScan(query).all(new RoaringBitmap(), topK);
    Neighbors found = topK.toNeighbors();
    return IntStream.range(0, found.size())
        .mapToObj(place -> found.row(place) + " at " + found.distance(place))
        .collect(Collectors.joining(", "));
  }

  private GraphFile write(Embedding[] vectors) {
    return write(Space.L2, vectors);
  }

  private GraphFile write(Space space, Embedding[] vectors) {
    Path path = folder.resolve("graph.hnsw");
    try (GraphFileWriter writer = GraphFileWriter.create(path, space, vectors[0].dimension())) {
      for (Embedding vector : vectors) {
        writer.append(vector);
      }
      writer.finish();
    }
    return GraphFile.open(path);
  }

  private static RoaringBitmap sample(Random random, int percent) {
    RoaringBitmap rows = new RoaringBitmap();
    IntStream.range(0, ROWS).filter(row -> random.nextInt(100) < percent).forEach(rows::add);
    return rows;
  }

  private static int[] nearest(Embedding[] vectors, float[] target, IntPredicate admitted) {
    return IntStream.range(0, ROWS)
        .filter(admitted)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> distance(vectors[row], target)))
        .limit(K)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double distance(Embedding vector, float[] target) {
    double sum = 0;

    for (int axis = 0; axis < target.length; axis++) {
      double difference = (double) vector.get(axis) - target[axis];
      sum += difference * difference;
    }
    return sum;
  }
}
