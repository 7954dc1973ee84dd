package dev.siltstone.benchmarks.index;

import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** JVector's graph on disk with full vectors; its degree is what others have on level 0. */
final class JVectorPeer implements Peer {
  private static final String FILE = "index.jvector";
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;
  private static final VectorTypeSupport VECTORS =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  @Override
  public String name() {
    return "jvector";
  }

  @Override
  public void build(float[][] base, Path folder, int threads) throws IOException {
    List<VectorFloat<?>> vectors =
        Arrays.stream(base).<VectorFloat<?>>map(VECTORS::createFloatVector).toList();
    int dimension = base[0].length;
    RandomAccessVectorValues values = new ListRandomAccessVectorValues(vectors, dimension);
    BuildScoreProvider scores =
        BuildScoreProvider.randomAccessScoreProvider(values, VectorSimilarityFunction.DOT_PRODUCT);
    try (ForkJoinPool pool = new ForkJoinPool(threads);
        GraphIndexBuilder builder =
            new GraphIndexBuilder(
                scores,
                dimension,
                2 * M,
                EF_CONSTRUCTION,
                OVERFLOW,
                ALPHA,
                false,
                true,
                pool,
                pool)) {
      OnDiskGraphIndex.write(builder.build(values), values, folder.resolve(FILE));
    }
  }

  @Override
  public OpenIndex open(Path folder) throws IOException {
    OnDiskGraphIndex index =
        OnDiskGraphIndex.load(ReaderSupplierFactory.open(folder.resolve(FILE)));
    return new Open(index, new GraphSearcher(index));
  }

  private record Open(OnDiskGraphIndex index, GraphSearcher searcher) implements OpenIndex {
    @Override
    public int[] search(float[] query, int ef) {
      VectorFloat<?> vector = VECTORS.createFloatVector(query);
      DefaultSearchScoreProvider scores =
          DefaultSearchScoreProvider.exact(
              vector,
              VectorSimilarityFunction.DOT_PRODUCT,
              (RandomAccessVectorValues) searcher.getView());
      NodeScore[] nodes = searcher.search(scores, Workload.K, ef, 0, 0, Bits.ALL).getNodes();
      return Arrays.stream(nodes).mapToInt(node -> node.node).toArray();
    }

    @Override
    public void close() throws IOException {
      searcher.close();
      index.close();
    }
  }
}
