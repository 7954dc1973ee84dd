package dev.siltstone.benchmarks.index;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.hnsw.GraphFileWriter;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.hnsw.RowFilter;
import dev.siltstone.hnsw.RowSearch;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.record.Embedding;
import java.nio.file.Path;

/** Our own graph file. */
final class SiltstonePeer implements Peer {
  private static final String FILE = "graph.hnsw";

  @Override
  public String name() {
    return "siltstone";
  }

  @Override
  public void build(float[][] base, Path folder, int threads) {
    GraphParameters parameters = new GraphParameters(M, EF_CONSTRUCTION, threads, 42);
    try (GraphFileWriter writer =
        GraphFileWriter.create(folder.resolve(FILE), Space.COSINE, base[0].length, parameters)) {
      for (float[] vector : base) {
        writer.append(Embedding.owning(vector));
      }
      writer.finish();
    }
  }

  @Override
  public OpenIndex open(Path folder) {
    return new Open(GraphFile.open(folder.resolve(FILE)));
  }

  private static final class Open implements OpenIndex {
    private final GraphFile file;
    private final RowSearch search;
    private final TopK nearest = new TopK(Workload.K);

    Open(GraphFile file) {
      this.file = file;
      this.search = new RowSearch(file, KernelChoice.ofThisJvm().kernel());
    }

    @Override
    public int[] search(float[] query, int ef) {
      nearest.reset(Workload.K);
      search.nearest(query, RowFilter.all(), ef, nearest);
      return nearest.toNeighbors().rows();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
