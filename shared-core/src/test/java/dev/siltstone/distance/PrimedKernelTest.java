package dev.siltstone.distance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Space;
import dev.siltstone.record.Embedding;
import java.util.PrimitiveIterator;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PrimedKernelTest {
  private final PrimedKernel kernel = PrimedKernel.between(new ScalarKernel(), new SimdKernel());

  @Test
  void isPlainUntilItHasSeenTheOtherRunFaster() {
    assertThat(kernel.name()).isEqualTo("scalar");
    assertThat(kernel.prime(clock(0, 50, 90, 100, 130, 170))).isTrue();
    assertThat(kernel.name()).startsWith("simd");
  }

  @Test
  void staysPlainWhereTheOtherNeverRunsFaster() {
    assertThat(kernel.prime(LongStream.iterate(0, time -> time + 7).iterator()::nextLong))
        .isFalse();
    assertThat(kernel.name()).isEqualTo("scalar");
  }

  @Test
  void whatOneThreadHoldsChangesWithIt() {
    DistanceKernel own = kernel.forOneThread(16);
    assertThat(own.current().name()).isEqualTo("scalar");
    kernel.prime(clock(0, 1, 3));
    assertThat(own.current().name()).startsWith("simd");
  }

  @Test
  void aScorerGivesTheSameDistancesBeforeAndAfter() {
    VectorBuffer vectors = new VectorBuffer(Space.L2, 3);
    vectors.append(Embedding.of(1, 2, 3));
    QueryScorer scorer = new QueryScorer(kernel, vectors.table());
    assertThat(distance(scorer)).isEqualTo(14);
    kernel.prime(clock(0, 1, 3));
    assertThat(distance(scorer)).isEqualTo(14);
  }

  private static float distance(QueryScorer scorer) {
    float[] out = new float[QueryScorer.GROUP];
    scorer.prepare(new float[3]);
    scorer.score(new int[QueryScorer.GROUP], 1, out);
    return out[0];
  }

  /** Shows these times, one after another. */
  private static LongSupplier clock(long... nanos) {
    PrimitiveIterator.OfLong times = LongStream.of(nanos).iterator();
    return times::nextLong;
  }
}
