package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Plain Java: the better choice until the optimising compiler has run, or where there is none. */
final class ScalarKernel implements DistanceKernel {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public void dot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    out[at] = dot(vectors, a, query);
    out[at + 1] = dot(vectors, b, query);
    out[at + 2] = dot(vectors, c, query);
    out[at + 3] = dot(vectors, d, query);
  }

  @Override
  public void squaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    out[at] = squaredDistance(vectors, a, query);
    out[at + 1] = squaredDistance(vectors, b, query);
    out[at + 2] = squaredDistance(vectors, c, query);
    out[at + 3] = squaredDistance(vectors, d, query);
  }

  /** Four sums, so that additions need not wait for each other. */
  private static float dot(MemorySegment vectors, long offset, float[] query) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    long from = offset;
    for (int i = 0; i < query.length; i += 4, from += 16) {
      sum0 += vectors.get(FLOAT, from) * query[i];
      sum1 += vectors.get(FLOAT, from + 4) * query[i + 1];
      sum2 += vectors.get(FLOAT, from + 8) * query[i + 2];
      sum3 += vectors.get(FLOAT, from + 12) * query[i + 3];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private static float squaredDistance(MemorySegment vectors, long offset, float[] query) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    long from = offset;
    for (int i = 0; i < query.length; i += 4, from += 16) {
      float difference0 = vectors.get(FLOAT, from) - query[i];
      float difference1 = vectors.get(FLOAT, from + 4) - query[i + 1];
      float difference2 = vectors.get(FLOAT, from + 8) - query[i + 2];
      float difference3 = vectors.get(FLOAT, from + 12) - query[i + 3];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public String name() {
    return "scalar";
  }
}
