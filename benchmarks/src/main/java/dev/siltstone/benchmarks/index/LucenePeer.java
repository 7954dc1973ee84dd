package dev.siltstone.benchmarks.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene's HNSW format in one segment, searched below its query classes, where it is fastest. With
 * several threads it builds the graph by merging two segments, its only way to build in parallel.
 */
final class LucenePeer implements Peer {
  private static final String FIELD = "v";

  @Override
  public String name() {
    return "lucene";
  }

  @Override
  public void build(float[][] base, Path folder, int threads) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads);
        Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, settings(threads, executor))) {
      for (int row = 0; row < base.length; row++) {
        Document document = new Document();
        document.add(
            new KnnFloatVectorField(FIELD, base[row], VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
        if (threads > 1 && row == base.length / 2) {
          writer.flush();
        }
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }

  private static IndexWriterConfig settings(int threads, ExecutorService executor) {
    KnnVectorsFormat format =
        threads == 1
            ? new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION)
            : new Lucene99HnswVectorsFormat(M, EF_CONSTRUCTION, threads, executor);
    IndexWriterConfig settings = new IndexWriterConfig();
    settings.setRAMBufferSizeMB(1900);
    settings.setUseCompoundFile(false);
    settings.setCodec(
        new Lucene104Codec() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return format;
          }
        });
    return settings;
  }

  @Override
  public OpenIndex open(Path folder) throws IOException {
    return new Open(DirectoryReader.open(FSDirectory.open(folder)));
  }

  private record Open(DirectoryReader reader) implements OpenIndex {
    @Override
    public int[] search(float[] query, int ef) throws IOException {
      LeafReader leaf = reader.leaves().getFirst().reader();
      AcceptDocs all = AcceptDocs.fromLiveDocs(null, leaf.maxDoc());
      ScoreDoc[] found =
          leaf.searchNearestVectors(FIELD, query, ef, all, Integer.MAX_VALUE).scoreDocs;
      return Arrays.stream(found).limit(Workload.K).mapToInt(hit -> hit.doc).toArray();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
