package dev.siltstone.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Prints how long encoding (with its check) and decoding take. Not part of the suite; run it with
 * {@code ./mvnw -pl shared-core test -Dtest=DeltaTimings}.
 */
class DeltaTimings {
  @ParameterizedTest
  @CsvSource({"1, 384, 2000", "10, 384, 2000", "1000, 384, 100", "1000, 1536, 50"})
  void encodesAndDecodesWithinTensOfMilliseconds(int operations, int dimension, int rounds) {
    Delta delta = delta(operations, dimension);
    byte[] file = DeltaWriter.encode(delta).bytes();
    double encode = medianMillis(rounds, () -> DeltaWriter.encode(delta));
    double decode = medianMillis(rounds, () -> DeltaReader.decode(file, DeltaLimits.FORMAT));
    System.out.printf(
        "%5d x %d: %,10d bytes, encode %.3f ms, decode %.3f ms (medians of %d)%n",
        operations, dimension, file.length, encode, decode, rounds);
    assertThat(encode).isLessThan(1 + 0.2 * operations);
  }

  private static double medianMillis(int rounds, Runnable work) {
    IntStream.range(0, rounds).forEach(_ -> work.run());
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[rounds / 2] / 1e6;
  }

  private static Delta delta(int operations, int dimension) {
    Random random = new Random(42);
    return new Delta(
        new CollectionId(new UUID(1, 2)),
        new DeltaId(new UUID(3, 4)),
        dimension,
        null,
        Instant.EPOCH,
        IntStream.range(0, operations).mapToObj(i -> add(i, dimension, random)).toList());
  }

  private static Operation add(int i, int dimension, Random random) {
    float[] values = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      values[d] = random.nextFloat();
    }
    return new Operation.Add(
        new RecordId("record-" + i),
        Embedding.owning(values),
        "A document of a usual length, as in an abstract. ".repeat(10),
        null,
        MetadataPatch.setting(Map.of("n", new IntValue(i))));
  }
}
