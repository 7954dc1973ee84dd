package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of format version 3, the first released, made once: 100 points of a 10 × 10 grid. Their
 * distances are whole numbers, the same on every machine, so the whole file can be compared.
 */
class GoldenGraphTest {
  private static final String GOLDEN = "grid-v3.hnsw";

  @TempDir Path folder;

  @Test
  void readsTheFirstVersion() throws IOException {
    try (GraphFile file = GraphFile.open(golden())) {
      assertThat(file.size()).isEqualTo(100);
      assertThat(file.dimension()).isEqualTo(2);
      assertThat(file.space()).isEqualTo(Space.L2);
      assertThat(file.maxNeighbors()).isEqualTo(4);
      assertThat(file.embedding(37)).isEqualTo(point(37));
      TopK nearest = new TopK(5);
      new RowSearch(file, KernelChoice.scalar("a test").kernel())
          .nearest(new float[] {3, 7}, RowFilter.all(), 5, nearest);
      assertThat(nearest.toNeighbors().rows()).containsExactly(37, 27, 36, 38, 47);
    }
  }

  @Test
  void writesTheFirstVersionToThisDay() throws IOException {
    Embedding[] points = new Embedding[100];
    for (int row = 0; row < points.length; row++) {
      points[row] = point(row);
    }
    Path path = folder.resolve("grid.hnsw");
    TestVectors.graph(path, Space.L2, new GraphParameters(4, 10, 1, 1), points).close();
    assertThat(path).hasSameBinaryContentAs(golden());
  }

  private static Embedding point(int row) {
    int column = row / 10;
    return Embedding.of(column, row % 10);
  }

  private Path golden() throws IOException {
    Path path = folder.resolve(GOLDEN);
    try (InputStream golden = GoldenGraphTest.class.getResourceAsStream(GOLDEN)) {
      assertThat(golden).as(GOLDEN).isNotNull();
      Files.write(path, golden.readAllBytes());
    }
    return path;
  }
}
