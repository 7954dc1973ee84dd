package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.record.Embedding;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/** Seeded vectors in clusters, files of them, and the exact answers to compare with. */
final class TestVectors {
  private TestVectors() {}

  /** Gaussian clusters that overlap, of 100 vectors each, in random order. */
  static Embedding[] clustered(long seed, int count, int dimension) {
    Random random = new Random(seed);
    Embedding[] centres = gaussian(random, Math.max(1, count / 100), dimension);
    Embedding[] vectors = gaussian(random, count, dimension);
    for (int i = 0; i < count; i++) {
      float[] values = vectors[i].toArray();
      Embedding centre = centres[random.nextInt(centres.length)];
      for (int axis = 0; axis < dimension; axis++) {
        values[axis] = 0.7f * values[axis] + centre.get(axis);
      }
      vectors[i] = Embedding.owning(values);
    }
    return vectors;
  }

  static Embedding[] gaussian(Random random, int count, int dimension) {
    Embedding[] vectors = new Embedding[count];
    for (int row = 0; row < count; row++) {
      float[] values = new float[dimension];
      for (int axis = 0; axis < dimension; axis++) {
        values[axis] = (float) random.nextGaussian();
      }
      vectors[row] = Embedding.owning(values);
    }
    return vectors;
  }

  static GraphFile graph(Path path, Space space, GraphParameters parameters, Embedding... vectors) {
    try (GraphFileWriter writer =
        GraphFileWriter.create(path, space, vectors[0].dimension(), parameters)) {
      for (Embedding vector : vectors) {
        writer.append(vector);
      }
      writer.finish();
    }
    return GraphFile.open(path);
  }

  /** The k nearest of the admitted rows, compared one by one. */
  static Neighbors exact(GraphFile file, Embedding query, RowFilter filter, int k) {
    QueryScorer scorer = new QueryScorer(KernelChoice.ofThisJvm().kernel(), file.vectors());
    scorer.prepare(query.toArray());
    TopK nearest = new TopK(k);
    filter.scan(new ExactScan(scorer), nearest);
    return nearest.toNeighbors();
  }

  static Neighbors search(RowSearch search, Embedding query, RowFilter filter, int ef, int k) {
    TopK nearest = new TopK(k);
    search.nearest(query.toArray(), filter, ef, nearest);
    return nearest.toNeighbors();
  }

  /** Share of the exact k nearest that a search finds; equally distant rows count as found. */
  static double recall(GraphFile file, Embedding[] queries, RowFilter filter, int ef, int k) {
    RowSearch search = new RowSearch(file, KernelChoice.ofThisJvm().kernel());
    int found = 0;
    int sought = 0;
    for (Embedding query : queries) {
      Neighbors exact = exact(file, query, filter, k);
      Neighbors answer = search(search, query, filter, ef, k);
      for (int place = 0; place < answer.size(); place++) {
        if (answer.distance(place) <= exact.distance(exact.size() - 1)) {
          found++;
        }
      }
      sought += exact.size();
    }
    return (double) found / sought;
  }

  static RoaringBitmap sample(Random random, int rows, double share) {
    RoaringBitmap sample = new RoaringBitmap();
    IntStream.range(0, rows).filter(row -> random.nextDouble() < share).forEach(sample::add);
    return sample;
  }

  static RoaringBitmap bitmap(int[] rows) {
    int[] sorted = rows.clone();
    Arrays.sort(sorted);
    return RoaringBitmap.bitmapOf(sorted);
  }
}
