package dev.siltstone.benchmarks.launch;

import dev.siltstone.distance.PrimedKernel;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.hnsw.RowFilter;
import dev.siltstone.hnsw.TopK;
import java.nio.file.Path;

/** Opens one index, searches it once for the ten nearest of its first row, and ends. */
public final class FirstAnswer {
  private static final int RESULTS = 10;
  private static final int EF = 64;

  private FirstAnswer() {}

  /** The graph's file; prints the milliseconds that opening took, and the rows found. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    try (GraphFile graph = GraphFile.open(Path.of(arguments[0]))) {
      long opened = System.nanoTime();
      TopK nearest = new TopK(RESULTS);
      graph.nearest(
          PrimedKernel.ofThisJvm(), graph.embedding(0).toArray(), RowFilter.all(), EF, nearest);
      System.out.println(
          "opened\t" + (opened - start) / 1e6 + "\t" + nearest.toNeighbors().rows()[0]);
    }
  }
}
