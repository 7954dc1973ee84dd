package dev.siltstone.benchmarks.server;

import dev.siltstone.benchmarks.index.ClusteredVectors;
import dev.siltstone.benchmarks.index.VectorFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Seeded records: unit vectors in clusters, or those of an fvecs file; a document of about 20 words
 * each; metadata of which {@code decile} chooses a tenth and {@code percent} a hundredth.
 *
 * @param vectors n × dimension, compared by cosine
 * @param queries of the same distribution, none of them a record
 */
record DataSet(float[][] vectors, float[][] queries, String[] documents, int[] percents) {
  private static final int QUERIES = 200;
  private static final int WORDS = 20;
  private static final int VOCABULARY = 5_000;

  static DataSet of(int n, int dimension, long seed, @Nullable Path fvecs) throws IOException {
    float[][] all = fvecs == null ? drawn(n, dimension, seed) : read(fvecs, n);
    int records = all.length - QUERIES;
    SplittableRandom random = new SplittableRandom(seed);
    String[] documents = new String[records];
    int[] percents = new int[records];
    for (int i = 0; i < records; i++) {
      documents[i] = document(random);
      percents[i] = random.nextInt(100);
    }
    return new DataSet(
        Arrays.copyOf(all, records),
        Arrays.copyOfRange(all, records, all.length),
        documents,
        percents);
  }

  int size() {
    return vectors.length;
  }

  int dimension() {
    return vectors[0].length;
  }

  /** A word that about one document in 250 holds. */
  static String rareWord() {
    return word(VOCABULARY / 3);
  }

  /** The indexes of the k records that are nearest by cosine, by comparing all. */
  int[] nearest(float[] query, int k) {
    double[] similarity =
        IntStream.range(0, size()).parallel().mapToDouble(i -> cosine(query, vectors[i])).toArray();
    return IntStream.range(0, size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -similarity[i]))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static float[][] drawn(int n, int dimension, long seed) {
    return new ClusteredVectors(dimension, seed).draw(0, n + QUERIES);
  }

  private static float[][] read(Path fvecs, int n) throws IOException {
    float[][] all = VectorFiles.readFloats(fvecs);
    return all.length > n + QUERIES ? Arrays.copyOf(all, n + QUERIES) : all;
  }

  private static double cosine(float[] a, float[] b) {
    float dot = 0;
    float lengths = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      lengths += b[i] * b[i];
    }
    return dot / Math.sqrt(lengths);
  }

  private static String document(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      text.append(word(random.nextInt(VOCABULARY))).append(' ');
    }
    return text.append("end.").toString();
  }

  private static String word(int index) {
    SplittableRandom letters = new SplittableRandom(index);
    StringBuilder word = new StringBuilder();
    for (int length = 4 + letters.nextInt(6); length > 0; length--) {
      word.append((char) ('a' + letters.nextInt(26)));
    }
    return word.toString();
  }
}
