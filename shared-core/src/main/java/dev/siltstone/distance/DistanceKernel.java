package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query with four stored vectors at once: interleaved, so that four reads from memory
 * are under way together. Each of the four results depends on its own vector only, never on its
 * place among the four, so equal vectors get equal distances.
 *
 * <p>{@code vectors} must be native memory (kernels are compiled for one kind of memory); {@code a}
 * to {@code d} are byte offsets of the vectors in it. {@code query} has a multiple of {@link
 * VectorTable#LANES} values, and so many are read at each offset. Results go to {@code out[at]} to
 * {@code out[at + 3]}.
 */
public sealed interface DistanceKernel permits ScalarKernel, SimdKernel, PrimedKernel {
  /** Inner products with vectors of float32 values. */
  void dot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at);

  /** Squared Euclidean distances to vectors of float32 values. */
  void squaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at);

  /**
   * Inner products with vectors as their codes have them.
   *
   * @param offsets where the codes of each vector lie; room for a whole last group of four
   * @param exponents of each vector, see {@link SplitFloats}; as many places
   * @param count how many; a last group that is not whole is filled up with any of them
   * @param out as many places
   * @return a number that means nothing: whoever drops it may lose the reading ahead it comes from
   */
  int roughDot(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out);

  /** Squared Euclidean distances to vectors as their codes have them, in the same way. */
  int roughSquaredDistance(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out);

  /** Makes a vector as its codes have it a query. */
  void unpack(MemorySegment vectors, long codes, int exponent, float[] query);

  /**
   * Puts the two parts of a vector together.
   *
   * @param target native memory, from {@code at} on aligned for float32
   * @param values how many: a multiple of {@link VectorTable#LANES}
   */
  void join(
      MemorySegment vectors,
      long codes,
      long rest,
      int exponent,
      MemorySegment target,
      long at,
      int values);

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
