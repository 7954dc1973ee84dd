package dev.siltstone.local.recall;

import com.github.jelmerk.hnswlib.core.DistanceFunction;
import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.operations.PeerIndex;
import java.util.ArrayList;
import java.util.List;

/** jelmerk's pure-Java index, built by one thread so that the same vectors give the same graph. */
public final class HnswlibCore implements PeerIndex {
  @Override
  public String name() {
    return "hnswlib-core";
  }

  @Override
  public int[][] nearest(
      Space space, float[][] vectors, float[][] queries, int k, HnswParameters parameters) {
    HnswIndex<Integer, float[], Row, Float> index =
        HnswIndex.newBuilder(vectors[0].length, distance(space), vectors.length)
            .withM(parameters.maxNeighbors())
            .withEfConstruction(parameters.efConstruction())
            .withEf(Math.max(k, parameters.efSearch()))
            .build();
    for (int row = 0; row < vectors.length; row++) {
      index.add(new Row(row, vectors[row]));
    }
    List<int[]> found = new ArrayList<>();
    for (float[] query : queries) {
      found.add(
          index.findNearest(query, k).stream().map(SearchResult::item).mapToInt(Row::id).toArray());
    }
    return found.toArray(int[][]::new);
  }

  private static DistanceFunction<float[], Float> distance(Space space) {
    return switch (space) {
      case L2 -> DistanceFunctions.FLOAT_EUCLIDEAN_DISTANCE;
      case COSINE -> DistanceFunctions.FLOAT_COSINE_DISTANCE;
      case IP -> DistanceFunctions.FLOAT_INNER_PRODUCT;
    };
  }

  /** A vector and its number, as that library wants it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    @Override
    public int dimensions() {
      return vector.length;
    }
  }
}
