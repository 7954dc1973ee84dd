package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query with four stored vectors at once: interleaved, so that four reads from memory
 * are under way together. Each of the four results depends on its own vector only, never on its
 * place among the four, so equal vectors get equal distances.
 *
 * <p>{@code vectors} must be native memory (kernels are compiled for one kind of memory); {@code a}
 * to {@code d} are byte offsets of the vectors in it. {@code query} has a multiple of {@link
 * VectorTable#LANES} values, and so many floats are read at each offset. Results go to {@code
 * out[at]} to {@code out[at + 3]}.
 */
public sealed interface DistanceKernel permits ScalarKernel, SimdKernel, PrimedKernel {
  /** Inner products. */
  void dot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at);

  /** Squared Euclidean distances. */
  void squaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at);

  /** The same for one thread alone, which may then keep memory for queries of so many values. */
  default DistanceKernel forOneThread(int values) {
    return this;
  }

  /** What to use for the next query: another kernel may have become the better one. */
  default DistanceKernel current() {
    return this;
  }

  /** Which code this is, for logs and metrics: {@code scalar} or {@code simd-512}. */
  String name();
}
