package dev.siltstone.distance;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plain code at first, the Vector API as soon as it has been compiled: while interpreted it is a
 * thousand times slower. Somebody calls {@link #prime}, in the background after start or while a
 * function initialises; queries that begin afterwards take the faster kernel.
 */
public final class PrimedKernel implements DistanceKernel {
  private static final int VALUES = 384;
  private static final int CALLS = 500;
  private static final int ROUNDS = 200;

  private final DistanceKernel plain;

  /** Asked for when first used: finding it may load the Vector API. */
  private final Supplier<DistanceKernel> target;

  /** Shared with those that one thread has alone. */
  private final AtomicBoolean primed;

  private @Nullable DistanceKernel found;

  private PrimedKernel(
      DistanceKernel plain, Supplier<DistanceKernel> target, AtomicBoolean primed) {
    this.plain = plain;
    this.target = target;
    this.primed = primed;
  }

  /** From one kernel towards another. */
  static PrimedKernel between(DistanceKernel plain, DistanceKernel target) {
    return new PrimedKernel(plain, () -> target, new AtomicBoolean());
  }

  /** Towards the kernel that {@link KernelChoice} finds best here. */
  public static PrimedKernel ofThisJvm() {
    return new PrimedKernel(
        new ScalarKernel(), () -> KernelChoice.ofThisJvm().kernel(), new AtomicBoolean());
  }

  /**
   * Works the chosen kernel until it is faster than the plain one, or for at most 100,000 calls: a
   * few hundred milliseconds.
   *
   * @param nanoTime a monotonic clock
   * @return whether queries take the chosen kernel now
   */
  public boolean prime(LongSupplier nanoTime) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment vectors = arena.allocate((long) VALUES * Float.BYTES);
      MemorySegment joined = arena.allocate((long) VALUES * Float.BYTES);
      for (int round = 0; round < ROUNDS && !primed.get(); round++) {
        long start = nanoTime.getAsLong();
        work(target(), vectors, joined);
        long middle = nanoTime.getAsLong();
        work(plain, vectors, joined);
        primed.set(middle - start < nanoTime.getAsLong() - middle);
      }
    }
    return primed.get();
  }

  private static void work(DistanceKernel kernel, MemorySegment vectors, MemorySegment joined) {
    DistanceKernel own = kernel.forOneThread(VALUES);
    float[] query = new float[VALUES];
    float[] out = new float[QueryScorer.GROUP];
    long[] offsets = new long[QueryScorer.GROUP];
    int[] exponents = new int[QueryScorer.GROUP];
    Arrays.fill(exponents, SplitFloats.LEAST_EXPONENT);
    for (int i = 0; i < CALLS; i++) {
      own.dot(vectors, 0, 0, 0, 0, query, out, 0);
      own.squaredDistance(vectors, 0, 0, 0, 0, query, out, 0);
      own.roughDot(vectors, offsets, exponents, offsets.length, query, out);
      own.roughSquaredDistance(vectors, offsets, exponents, offsets.length, query, out);
      own.join(vectors, 0, VALUES, SplitFloats.LEAST_EXPONENT, joined, 0, VALUES);
    }
  }

  @Override
  public DistanceKernel current() {
    return primed.get() ? target() : plain;
  }

  /** Two threads at once may ask twice; both get as good a kernel. */
  private DistanceKernel target() {
    DistanceKernel known = found;
    if (known == null) {
      known = target.get();
      found = known;
    }
    return known;
  }

  @Override
  public DistanceKernel forOneThread(int values) {
    return new PrimedKernel(
        plain.forOneThread(values), () -> target().forOneThread(values), primed);
  }

  @Override
  public void dot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    current().dot(vectors, a, b, c, d, query, out, at);
  }

  @Override
  public void squaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    current().squaredDistance(vectors, a, b, c, d, query, out, at);
  }

  @Override
  public int roughDot(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out) {
    return current().roughDot(vectors, offsets, exponents, count, query, out);
  }

  @Override
  public int roughSquaredDistance(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out) {
    return current().roughSquaredDistance(vectors, offsets, exponents, count, query, out);
  }

  @Override
  public void unpack(MemorySegment vectors, long codes, int exponent, float[] query) {
    current().unpack(vectors, codes, exponent, query);
  }

  @Override
  public void join(
      MemorySegment vectors,
      long codes,
      long rest,
      int exponent,
      MemorySegment target,
      long at,
      int values) {
    current().join(vectors, codes, rest, exponent, target, at, values);
  }

  @Override
  public String name() {
    return current().name();
  }
}
