package dev.siltstone.benchmarks.index;

import com.github.jelmerk.hnswlib.core.DistanceFunctions;
import com.github.jelmerk.hnswlib.core.Item;
import com.github.jelmerk.hnswlib.core.SearchResult;
import com.github.jelmerk.hnswlib.core.hnsw.HnswIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** jelmerk's pure-Java hnswlib-core; its file is Java serialization and is read whole. */
final class HnswlibCorePeer implements Peer {
  private static final String FILE = "index.bin";

  @Override
  public String name() {
    return "hnswlib-core";
  }

  @Override
  public void build(float[][] base, Path folder, int threads)
      throws IOException, InterruptedException {
    HnswIndex<Integer, float[], Row, Float> index =
        HnswIndex.newBuilder(base[0].length, DistanceFunctions.FLOAT_INNER_PRODUCT, base.length)
            .withM(M)
            .withEfConstruction(EF_CONSTRUCTION)
            .build();
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < base.length; row++) {
      rows.add(new Row(row, base[row]));
    }
    index.addAll(rows, threads, (_, _) -> {}, base.length);
    index.save(folder.resolve(FILE));
  }

  @Override
  public OpenIndex open(Path folder) throws IOException {
    return new Open(HnswIndex.load(folder.resolve(FILE)));
  }

  /** A vector and its number, as that library wants it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
    @Override
    public int dimensions() {
      return vector.length;
    }
  }

  private record Open(HnswIndex<Integer, float[], Row, Float> index) implements OpenIndex {
    @Override
    public int[] search(float[] query, int ef) {
      index.setEf(ef);
      return index.findNearest(query, Workload.K).stream()
          .map(SearchResult::item)
          .mapToInt(Row::id)
          .toArray();
    }

    @Override
    public void close() {}
  }
}
