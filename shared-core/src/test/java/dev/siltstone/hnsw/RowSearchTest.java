package dev.siltstone.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.record.Embedding;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

class RowSearchTest {
  private static final int ROWS = 1_000;
  private static final int SEARCHES = 3_000;

  @TempDir Path folder;

  @Test
  void allocatesNothingPerQuery() {
    Embedding[] vectors = TestVectors.clustered(1, ROWS, 8);
    RoaringBitmap deleted = TestVectors.sample(new Random(1), ROWS, 0.1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (GraphFile file = write(vectors)) {
      RowSearch search = new RowSearch(file, KernelChoice.scalar("a test").kernel());
      for (RowFilter filter : new RowFilter[] {RowFilter.all(), RowFilter.except(deleted)}) {
        TopK nearest = new TopK(10);
        float[] query = vectors[5].toArray();
        repeat(search, query, filter, nearest);
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(search, query, filter, nearest);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // The JVM's own counting and compiling may leave a trace; a search would leave thousands.
        assertThat(bytes / SEARCHES).isLessThan(16);
      }
    }
  }

  private static void repeat(RowSearch search, float[] query, RowFilter filter, TopK nearest) {
    for (int i = 0; i < SEARCHES; i++) {
      nearest.reset(10);
      search.nearest(query, filter, 16, nearest);
    }
  }

  @Test
  void scansFewMatchesExactlyWhereAWalkWouldMissSome() {
    Embedding[] vectors = TestVectors.clustered(2, ROWS, 8);
    RoaringBitmap matches = TestVectors.sample(new Random(2), ROWS, 0.05);
    try (GraphFile file = write(vectors)) {
      RowSearch search = new RowSearch(file, KernelChoice.ofThisJvm().kernel());
      RowFilter filter = RowFilter.only(matches);
      for (Embedding query : TestVectors.clustered(3, 50, 8)) {
        assertThat(TestVectors.search(search, query, filter, 1, 5).rows())
            .isEqualTo(TestVectors.exact(file, query, filter, 5).rows());
      }
    }
  }

  @Test
  void answersNothingWhereNothingIsAdmittedOrWanted() {
    Embedding[] vectors = TestVectors.clustered(4, ROWS, 8);
    try (GraphFile file = write(vectors)) {
      RowSearch search = new RowSearch(file, KernelChoice.ofThisJvm().kernel());
      RowFilter none = RowFilter.only(new RoaringBitmap());
      assertThat(TestVectors.search(search, vectors[0], none, 20, 5).size()).isZero();
      assertThat(TestVectors.search(search, vectors[0], RowFilter.all(), 1, 0).size()).isZero();
      RoaringBitmap all = new RoaringBitmap();
      all.add(0L, ROWS);
      assertThat(TestVectors.search(search, vectors[0], RowFilter.except(all), 20, 5).size())
          .isZero();
    }
  }

  @Test
  void oneFilterServesSearchesOfManyThreads() throws Exception {
    Embedding[] vectors = TestVectors.clustered(5, ROWS, 8);
    RowFilter filter = RowFilter.except(TestVectors.sample(new Random(5), ROWS, 0.3));
    try (GraphFile file = write(vectors)) {
      int[][] answers = new int[4][];
      Thread[] threads = new Thread[answers.length];
      for (int i = 0; i < threads.length; i++) {
        int slot = i;
        threads[i] =
            Thread.ofPlatform()
                .start(() -> {
                  RowSearch search = new RowSearch(file, KernelChoice.ofThisJvm().kernel());
                  answers[slot] = TestVectors.search(search, vectors[9], filter, 16, 10).rows();
                });
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (int[] answer : answers) {
        assertThat(answer).hasSize(10).isEqualTo(answers[0]);
      }
    }
  }

  private GraphFile write(Embedding... vectors) {
    return TestVectors.graph(
        folder.resolve("graph.hnsw"), Space.L2, new GraphParameters(16, 60, 1, 7), vectors);
  }
}
