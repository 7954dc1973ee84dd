package dev.siltstone.benchmarks.index;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.QueryScorer;
import dev.siltstone.distance.VectorBuffer;
import dev.siltstone.hnsw.ExactScan;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roaringbitmap.RoaringBitmap;

/**
 * What all peers work on, as three files in one folder: {@code base.fvecs} (unit vectors to index,
 * numbered from 0), {@code query.fvecs} (unit vectors to search for) and {@code truth.ivecs} (the
 * {@link #K} nearest of each query by inner product, found by comparing with all).
 */
final class Workload {
  /** Recall is counted among so many nearest. */
  static final int K = 10;

  private final Path folder;

  /** The workload in a folder; nothing is read yet. */
  Workload(Path folder) {
    this.folder = folder;
  }

  /** Writes vectors, made unit vectors, and finds the truth. */
  static Workload write(Path folder, float[][] base, float[][] queries) throws IOException {
    Files.createDirectories(folder);
    normalise(base);
    normalise(queries);
    Workload workload = new Workload(folder);
    VectorFiles.write(workload.basePath(), base);
    VectorFiles.write(folder.resolve("query.fvecs"), queries);
    VectorFiles.write(folder.resolve("truth.ivecs"), nearest(base, queries));
    return workload;
  }

  private static void normalise(float[][] vectors) {
    for (float[] vector : vectors) {
      double squares = 0;
      for (float value : vector) {
        squares += (double) value * value;
      }
      float factor = (float) (1 / Math.sqrt(squares));
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= factor;
      }
    }
  }

  private static int[][] nearest(float[][] base, float[][] queries) {
    VectorBuffer table = new VectorBuffer(Space.IP, base[0].length);
    for (float[] vector : base) {
      table.append(Embedding.owning(vector));
    }
    QueryScorer scorer = new QueryScorer(KernelChoice.ofThisJvm().kernel(), table.table());
    ExactScan scan = new ExactScan(scorer);
    TopK nearest = new TopK(K);
    int[][] truth = new int[queries.length][];
    for (int i = 0; i < queries.length; i++) {
      scorer.prepare(queries[i]);
      nearest.reset(K);
      scan.all(new RoaringBitmap(), nearest);
      truth[i] = nearest.toNeighbors().rows();
    }
    return truth;
  }

  Path folder() {
    return folder;
  }

  private Path basePath() {
    return folder.resolve("base.fvecs");
  }

  float[][] base() throws IOException {
    return VectorFiles.readFloats(basePath());
  }

  float[][] queries() throws IOException {
    return VectorFiles.readFloats(folder.resolve("query.fvecs"));
  }

  int[][] truth() throws IOException {
    return VectorFiles.readInts(folder.resolve("truth.ivecs"));
  }
}
