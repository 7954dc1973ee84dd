package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopKTest {
  private record Scored(int row, float distance) {}

  @Test
  void keepsWhatSortingWouldPutFirst() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int k = random.nextInt(20);
      List<Scored> all =
          IntStream.range(0, random.nextInt(100))
              .mapToObj(row -> new Scored(row, random.nextInt(30) - 15))
              .toList();
      TopK topK = new TopK(3);
      topK.reset(k);
      all.forEach(scored -> topK.offer(scored.row, scored.distance));
      List<Scored> expected =
          all.stream()
              .sorted(Comparator.comparingDouble(Scored::distance).thenComparingInt(Scored::row))
              .limit(k)
              .toList();
      assertThat(contents(topK)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void ranksNegativeAndInfiniteAndMissingDistances() {
    TopK topK = new TopK(9);
    float[] distances = {
      Float.NaN, Float.POSITIVE_INFINITY, 0f, -1f, Float.NEGATIVE_INFINITY, -2f, 1f
    };
    for (int row = 0; row < distances.length; row++) {
      topK.offer(row, distances[row]);
    }
    assertThat(topK.toNeighbors().rows()).containsExactly(4, 5, 3, 2, 6, 1, 0);
    assertThat(topK.toNeighbors().distance(6)).isNaN();
  }

  @Test
  void boundIsTheWorstThatWasKeptOnceFull() {
    TopK topK = new TopK(2);
    topK.offer(1, 5);
    assertThat(topK.bound()).isInfinite();
    topK.offer(2, 7);
    topK.offer(3, 6);
    assertThat(topK.bound()).isEqualTo(6);
    topK.reset(0);
    topK.offer(1, 1);
    assertThat(topK.size()).isZero();
  }

  private static List<Scored> contents(TopK topK) {
    Neighbors neighbors = topK.toNeighbors();
    return IntStream.range(0, neighbors.size())
        .mapToObj(place -> new Scored(neighbors.row(place), neighbors.distance(place)))
        .toList();
  }
}
