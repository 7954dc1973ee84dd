package dev.siltstone.benchmarks.index;

import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.KernelChoice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds to compare a query with one stored vector, in the nearest cache. Run it a second time
 * with {@code -jvmArgsAppend -XX:TieredStopAtLevel=1} to see why the kernel is chosen at start.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class KernelBenchmark {
  private static final int GROUP = 4;

  /** Of float32 numbers from 1 to 2. */
  private static final int EXPONENT = 127;

  @Param({"scalar", "simd"})
  String kernel = "";

  @Param({"384", "768"})
  int dimension;

  private DistanceKernel chosen = KernelChoice.scalar("benchmark").kernel();
  private MemorySegment vectors = MemorySegment.NULL;
  private final long[] offsets = new long[GROUP];
  private final int[] exponents = new int[GROUP];
  private float[] query = {};
  private final float[] out = new float[GROUP];
  private MemorySegment joined = MemorySegment.NULL;

  @Setup
  public void allocate() {
    chosen =
        kernel.equals("simd")
            ? KernelChoice.simd("benchmark").kernel().forOneThread(dimension)
            : KernelChoice.scalar("benchmark").kernel().forOneThread(dimension);
    SplittableRandom random = new SplittableRandom(1);
    vectors = Arena.ofAuto().allocate((long) GROUP * dimension * Float.BYTES, 64);
    joined = Arena.ofAuto().allocate((long) dimension * Float.BYTES, 64);
    query = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      query[i] = (float) random.nextGaussian();
      for (int row = 0; row < GROUP; row++) {
        offsets[row] = (long) row * dimension;
        exponents[row] = EXPONENT;
        vectors.setAtIndex(
            ValueLayout.JAVA_FLOAT, (long) row * dimension + i, (float) random.nextGaussian());
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(GROUP)
  public float[] dot() {
    long stride = (long) dimension * Float.BYTES;
    chosen.dot(vectors, 0, stride, 2 * stride, 3 * stride, query, out, 0);
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(GROUP)
  public float[] squaredDistance() {
    long stride = (long) dimension * Float.BYTES;
    chosen.squaredDistance(vectors, 0, stride, 2 * stride, 3 * stride, query, out, 0);
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(GROUP)
  public float[] roughDot() {
    chosen.roughDot(vectors, offsets, exponents, GROUP, query, out);
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(GROUP)
  public float[] roughSquaredDistance() {
    chosen.roughSquaredDistance(vectors, offsets, exponents, GROUP, query, out);
    return out;
  }

  @Benchmark
  public MemorySegment join() {
    chosen.join(vectors, 0, dimension, EXPONENT, joined, 0, dimension);
    return joined;
  }
}
