package dev.siltstone.benchmarks.compaction;

import dev.siltstone.benchmarks.index.ClusteredVectors;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Records with a vector, a document of some 200 characters and a number; seeded. */
final class Workload {
  private final SplittableRandom random;
  private final Function<SplittableRandom, float[]> vectors;
  private int written;

  /** Vectors without any order, which are the hardest to search. */
  Workload(int dimension, long seed, int written) {
    this(random -> scattered(dimension, random), seed, written);
  }

  private Workload(Function<SplittableRandom, float[]> vectors, long seed, int written) {
    this.vectors = vectors;
    this.random = new SplittableRandom(seed);
    this.written = written;
  }

  /** Vectors that gather in clusters, as those of texts do. */
  static Workload clustered(int dimension, long seed) {
    return new Workload(new ClusteredVectors(dimension, seed)::draw, seed, 0);
  }

  /** Half new records, half updates of random older ones (all new while there are too few). */
  List<Operation> batch(int size) {
    int updates = Math.min(size / 2, written / 2);
    Set<Integer> updated = new HashSet<>();
    while (updated.size() < updates) {
      updated.add(random.nextInt(written));
    }
    List<Operation> operations = new ArrayList<>();
    updated.forEach(number -> operations.add(upsert(number)));
    operations.addAll(fresh(size - updates));
    return operations;
  }

  List<Operation> fresh(int size) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      operations.add(upsert(written++));
    }
    return operations;
  }

  static RecordId id(int number) {
    return new RecordId("record-%09d".formatted(scattered(number)));
  }

  Embedding vector() {
    return Embedding.owning(vectors.apply(random));
  }

  String document(int number) {
    StringBuilder text = new StringBuilder("What record " + number + " says:");
    while (text.length() < 200) {
      text.append(' ').append(Long.toString(random.nextInt(50_000), 36));
    }
    return text.toString();
  }

  MetadataPatch metadata(int number) {
    return MetadataPatch.setting(Map.of("number", new IntValue(number)));
  }

  private Operation upsert(int number) {
    return new Operation.Upsert(id(number), vector(), document(number), null, metadata(number));
  }

  private static float[] scattered(int dimension, SplittableRandom random) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** Distinct numbers in an order without pattern, as ids made elsewhere are. */
  private static long scattered(int number) {
    return number * 387_420_489L % 999_999_937L;
  }
}
